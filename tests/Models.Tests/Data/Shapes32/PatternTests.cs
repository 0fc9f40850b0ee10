using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Rendering;

namespace Bitcurve.Models.Tests.Data.Rendering;

public sealed class PatternTests
{
    [Theory]
    // 0.5 + 0.5 sin(2 pi a)
    [InlineData(PatternKind.Stripes, 2, 0.25, 0.7, 1)]
    [InlineData(PatternKind.Stripes, 2, 0.75, 0.7, 0)]
    // sign of sin(pi a) sin(pi b)
    [InlineData(PatternKind.Checker, 1, 0.5, 0.5, 1)]
    [InlineData(PatternKind.Checker, 1, 0.5, -0.5, 0)]
    [InlineData(PatternKind.Gradient, 3, 0, 0.9, 0.5)]
    [InlineData(PatternKind.Gradient, 3, 0.4, 0, 0.7)]
    [InlineData(PatternKind.Gradient, 3, 2, 0, 1)]
    [InlineData(PatternKind.Smooth, 3, 0, 0, 0.5)]
    // 0.5 + 0.25 sin(1.7 * 2 * 0.3)
    [InlineData(PatternKind.Smooth, 2, 0.3, 0, 0.7130270054873408)]
    public void At_UnturnedPattern_IsTheFormula(PatternKind kind, double frequency, double x, double y, double expected) =>
        Assert.Equal(expected, new Pattern(0, frequency, 0, kind).At(x, y), 1e-12);

    [Fact]
    public void At_QuarterTurn_RunsAlongY()
    {
        var lying = new Pattern(0, 2.5, 0.3, PatternKind.Smooth);
        var standing = new Pattern(Math.PI / 2, 2.5, 0.3, PatternKind.Smooth);

        // a = y and b = -x after a quarter turn.
        Assert.Equal(lying.At(0.2, 0.6), standing.At(-0.6, 0.2), 1e-12);
    }

    [Fact]
    public void At_SampledPatterns_StayWithinZeroAndOne()
    {
        for (int trial = 0; trial < 2000; trial++)
        {
            var random = new KeyedRandom(4, trial);
            Pattern pattern = Pattern.Sample(random);
            Assert.InRange(pattern.Frequency, 1.5, 5);
            Assert.InRange(pattern.At(random.NextUniform(-2, 2), random.NextUniform(-2, 2)), 0, 1);
        }
    }

    [Fact]
    public void Sample_ManyPatterns_UsesEveryKind()
    {
        int[] kinds = new int[4];
        for (int trial = 0; trial < 4000; trial++)
        {
            kinds[(int)Pattern.Sample(new KeyedRandom(5, trial)).Kind]++;
        }

        // Five standard errors of a share of one quarter.
        Assert.All(kinds, hits => Assert.Equal(1000, hits, 5 * Math.Sqrt(4000 * 0.25 * 0.75)));
    }
}
