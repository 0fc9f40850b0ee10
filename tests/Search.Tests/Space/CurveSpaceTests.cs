using Bitcurve.Search.Space;

namespace Bitcurve.Search.Tests.Space;

public sealed class CurveSpaceTests
{
    [Fact]
    public void Bezier_Quadratic_IsTheBernsteinSum()
    {
        // By hand at t = 1/4: 9/16 * 0.2 + 6/16 * 0.8 + 1/16 * 0.4.
        Assert.Equal(0.4375, BezierCurve.ValueAt([0.2, 0.8, 0.4], 0.25), 1e-12);
        Assert.Equal(0.2, BezierCurve.ValueAt([0.2, 0.8, 0.4], 0));
        Assert.Equal(0.4, BezierCurve.ValueAt([0.2, 0.8, 0.4], 1));
    }

    [Fact]
    public void Chebyshev_ThreeTerms_IsTheSeries()
    {
        // By hand at t = 3/4, x = 1/2: T = 1, 1/2, -1/2; 2w - 1 = 0.2, 0.6, -0.4; sum = 0.7.
        Assert.Equal(0.85, ChebyshevCurve.ValueAt([0.6, 0.8, 0.3], 0.75), 1e-12);
        Assert.Equal(0.675, ChebyshevCurve.ValueAt([0.6, 0.8, 0.3], 0.75, CurveAmplitude.Half), 1e-12);
    }

    [Theory]
    [InlineData("bezier:2", CurveKind.Bezier, 2, CurveAmplitude.Full)]
    [InlineData("chebyshev:4", CurveKind.Chebyshev, 4, CurveAmplitude.Full)]
    [InlineData("chebyshev:3:half", CurveKind.Chebyshev, 3, CurveAmplitude.Half)]
    public void Parse_KnownText_ReadsAndPrintsIt(string text, CurveKind kind, int dimension, CurveAmplitude amplitude)
    {
        CurveSpace space = CurveSpace.Parse(text, 8);

        Assert.Equal(new CurveSpace(kind, dimension, 8, Amplitude: amplitude), space);
        Assert.Equal(text, space.ToString());
    }

    [Theory]
    [InlineData("spline:2", "Space kind: expected bezier or chebyshev, actual 'spline'.")]
    [InlineData("bezier:two", "Space dimension: expected an integer in 1..8, actual 'two'.")]
    [InlineData("bezier:9", "Space dimension: expected an integer in 1..8, actual '9'.")]
    [InlineData("bezier", "Space: expected kind:dimension such as 'bezier:2', actual 'bezier'.")]
    [InlineData("bezier:2:half", "Space amplitude: expected half only with chebyshev, actual 'bezier:2:half'.")]
    public void Parse_BadText_SaysExpectedAndActual(string text, string message)
    {
        var problem = Assert.Throws<ArgumentException>(() => CurveSpace.Parse(text, 8));

        Assert.StartsWith(message, problem.Message);
    }

    [Fact]
    public void BitsAt_BadParameters_SaysWhich()
    {
        CurveSpace space = CurveSpace.Parse("bezier:2", 8);

        Assert.StartsWith(
            "Curve parameters: expected 2 values, actual 3.", Assert.Throws<ArgumentException>(() => space.BitsAt([0, 0, 0])).Message);
        Assert.StartsWith(
            "Curve parameter 1: expected a value in [0,1], actual 1.5.",
            Assert.Throws<ArgumentException>(() => space.BitsAt([0, 1.5])).Message);
        Assert.Throws<ArgumentException>(() => space.BitsAt([0, double.NaN]));
    }

    [Fact]
    public void LevelsAt_OtherRange_StaysInside()
    {
        var harmonics = new CurveSpace(CurveKind.Bezier, 2, 4, MinimumBits: 1, MaximumBits: 3);

        // 3 p + 1 at p = 0, 1/3, 2/3, 1: 1, 2, 3 and 4, which is clamped.
        Assert.Equal([1, 2, 3, 3], harmonics.LevelsAt([0, 1]));
    }

    [Fact]
    public void LevelsAt_OneLayer_ReadsTheCurveAtItsStart() =>
        Assert.Equal([5], new CurveSpace(CurveKind.Bezier, 2, 1).LevelsAt([0.5, 1]));

    [Fact]
    public void BitsAt_RandomParameters_AreWithinRangeAndReverseWithTheCurve()
    {
        var random = new Random(7);
        CurveSpace space = CurveSpace.Parse("bezier:3", 13);
        for (int round = 0; round < 200; round++)
        {
            double[] w = [random.NextDouble(), random.NextDouble(), random.NextDouble()];

            Assert.Equal(space.BitsAt(w).Reversed(), space.BitsAt([.. w.Reverse()]));
        }
    }

    [Fact]
    public void UniformParameters_HalfAmplitude_IsNullForTheLevelsOutOfReach()
    {
        CurveSpace space = CurveSpace.Parse("chebyshev:2:half", 8);

        // p stays in [1/4, 3/4] for a level curve, so 8 p + 1 in [3, 7].
        Assert.Equal(
            [false, false, true, true, true, true, true, false],
            Enumerable.Range(1, 8).Select(level => space.UniformParameters(level) is not null));
        Assert.Equal(BitVector.Uniform(5, 8), space.BitsAt(space.UniformParameters(5)!));
    }

    [Theory]
    [InlineData(0, 8, 1, 8)]
    [InlineData(2, 0, 1, 8)]
    [InlineData(2, 8, 3, 2)]
    [InlineData(2, 8, 0, 2)]
    public void Constructor_OutOfRange_Throws(int dimension, int layers, int minimum, int maximum) =>
        Assert.Throws<ArgumentException>(() => new CurveSpace(CurveKind.Bezier, dimension, layers, minimum, maximum));
}
