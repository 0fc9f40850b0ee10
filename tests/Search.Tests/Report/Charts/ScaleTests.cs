using Bitcurve.Search.Report.Charts;

namespace Bitcurve.Search.Tests.Report.Charts;

public sealed class ScaleTests
{
    public static TheoryData<string> Kinds => ["linear", "logarithmic", "loss"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void At_Ends_AreTheEndsOfTheAxis(string kind)
    {
        IScale scale = Scale(kind);
        Assert.Equal(300, scale.At(0.2), 9);
        Assert.Equal(20, scale.At(0.95), 9);
        Assert.Equal(300, scale.At(-5), 9);
        Assert.Equal(20, scale.At(7), 9);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void At_LargerValue_IsHigherUp(string kind)
    {
        double[] positions = [.. Enumerable.Range(0, 76).Select(step => Scale(kind).At(0.2 + (step / 100.0)))];
        Assert.All(positions.Zip(positions.Skip(1)), pair => Assert.True(pair.First > pair.Second));
    }

    [Fact]
    public void LogarithmicScale_Doubling_IsAlwaysTheSameStep()
    {
        var scale = new LogarithmicScale(10, 160, 0, 400);
        Assert.Equal(100, scale.At(20), 9);
        Assert.Equal(200, scale.At(40), 9);
    }

    [Fact]
    public void LossScale_OnePointAtTheTop_IsLargerThanFurtherDown()
    {
        var scale = new LossScale(0.2, 0.95, 0, 300);
        Assert.True(scale.At(0.95) - scale.At(0.94) > 5 * (scale.At(0.80) - scale.At(0.79)));
    }

    [Fact]
    public void Scales_EmptyRange_AreRefused()
    {
        Assert.StartsWith("Scale: expected minimum < maximum, actual 1 and 1.", Message(() => new LinearScale(1, 1, 0, 9)));
        Assert.StartsWith("Logarithmic scale: expected a minimum above 0, actual 0.", Message(() => new LogarithmicScale(0, 1, 0, 9)));
        Assert.StartsWith("Loss scale: expected minimum < maximum, actual 1 and 0.", Message(() => new LossScale(1, 0, 0, 9)));
    }

    [Fact]
    public void Ticks_LinearScale_AreEvenAndRound() =>
        Assert.Equal([0, 0.2, 0.4, 0.6, 0.8], Ticks.Of(new LinearScale(0, 0.88, 120, 0), 22));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ticks_AnyScale_AreAscendingInsideAndApart(string kind)
    {
        IScale scale = Scale(kind);
        IReadOnlyList<double> ticks = Ticks.Of(scale, 27);
        Assert.True(ticks.Count >= 3);
        Assert.All(ticks, value => Assert.InRange(value, scale.Minimum, scale.Maximum));
        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.True(scale.At(pair.First) - scale.At(pair.Second) >= 27));
    }

    private static string Message(Func<object> create) => Assert.Throws<ArgumentException>(create).Message;

    private static IScale Scale(string kind) => kind switch
    {
        "linear" => new LinearScale(0.2, 0.95, 300, 20),
        "logarithmic" => new LogarithmicScale(0.2, 0.95, 300, 20),
        _ => new LossScale(0.2, 0.95, 300, 20),
    };
}
