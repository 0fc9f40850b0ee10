using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Rendering;

namespace Bitcurve.Models.Tests.Data.Rendering;

public sealed class SignedDistanceTests
{
    // Half of 36 degrees' notch: 0.45 (cos 36, sin 36).
    private const double NotchU = 0.364057647468726;
    private const double NotchV = 0.264503363531613;

    // Rounding of a few double operations on numbers near 1.
    private const double Rounding = 1e-12;

    [Theory]
    // disc of radius 0.80
    [InlineData(0, 0, 0, -0.80)]
    [InlineData(0, 0.80, 0, 0)]
    [InlineData(0, 0.6, 0.8, 0.20)]
    // ring from 0.46 to 0.86
    [InlineData(1, 0, 0, 0.46)]
    [InlineData(1, 0.66, 0, -0.20)]
    [InlineData(1, 0, -0.46, 0)]
    [InlineData(1, 0, 0.86, 0)]
    // square of half side 0.72
    [InlineData(2, 0, 0, -0.72)]
    [InlineData(2, 0.72, 0.3, 0)]
    [InlineData(2, 1, 1, 0.28)]
    // triangle: sides at 1.05 cos 60 = 0.525, a corner at (-1.05, 0)
    [InlineData(3, 0, 0, -0.525)]
    [InlineData(3, 0.525, 0.2, 0)]
    [InlineData(3, -1.05, 0, 0)]
    // pentagon: sides at 0.90 cos 36, a corner at (-0.90, 0)
    [InlineData(4, 0, 0, -0.728115294937453)]
    [InlineData(4, -0.90, 0, 0)]
    [InlineData(4, 1.728115294937453, 0, 1)]
    // star: tip (1, 0), notch; the edge's line is 0.3840299... from the origin
    [InlineData(5, 1, 0, 0)]
    [InlineData(5, NotchU, NotchV, 0)]
    [InlineData(5, NotchU, -NotchV, 0)]
    [InlineData(5, 0.309016994374947, 0.951056516295154, 0)]
    [InlineData(5, -0.45, 0, 0)]
    // cross of two bars 0.92 x 0.28
    [InlineData(6, 0, 0, -0.28)]
    [InlineData(6, 0.92, 0, 0)]
    [InlineData(6, 0.6, 0.6, 0.32)]
    // crescent: disc 0.88 without the disc 0.70 around (0.48, 0)
    [InlineData(7, 0, 0, 0.22)]
    [InlineData(7, -0.88, 0, 0)]
    [InlineData(7, -0.5, 0, -0.28)]
    // half-disc of radius 0.92 from u = -0.38 on
    [InlineData(8, -0.38, 0, 0)]
    [InlineData(8, 0.54, 0, 0)]
    [InlineData(8, 0, 0, -0.38)]
    [InlineData(8, -1, 0, 0.62)]
    // ell: bars about (-0.45, 0) and (0.05, -0.58)
    [InlineData(9, -0.45, 0, -0.27)]
    [InlineData(9, 0.82, -0.58, 0)]
    [InlineData(9, 0.5, 0.5, 0.68)]
    public void Of_PointByHand_IsTheDistance(int label, double u, double v, double expected) =>
        Assert.Equal(expected, SignedDistance.Of(label, u, v), Rounding);

    [Fact]
    public void Star_Origin_IsAsFarAsTheLineThroughTipAndNotch()
    {
        // Twice the triangle (origin, tip, notch) over its edge's length.
        double expected = -NotchV / Math.Sqrt((1 - NotchU) * (1 - NotchU) + NotchV * NotchV);

        Assert.Equal(expected, SignedDistance.Star(0, 0), Rounding);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 5)]
    [InlineData(5, 5)]
    public void Of_TurnedByOneCorner_IsTheSame(int label, int corners)
    {
        (double sine, double cosine) = Math.SinCos(2 * Math.PI / corners);
        var random = new KeyedRandom(1, label);
        for (int trial = 0; trial < 200; trial++)
        {
            (double u, double v) = (random.NextUniform(-1.2, 1.2), random.NextUniform(-1.2, 1.2));
            double turned = SignedDistance.Of(label, cosine * u - sine * v, sine * u + cosine * v);
            Assert.Equal(SignedDistance.Of(label, u, v), turned, Rounding);
        }
    }

    [Fact]
    public void Of_TwoPoints_DifferByAtMostTheirDistance()
    {
        for (int label = 0; label < 10; label++)
        {
            var random = new KeyedRandom(2, label);
            for (int trial = 0; trial < 1000; trial++)
            {
                (double u, double v) = (random.NextUniform(-1.2, 1.2), random.NextUniform(-1.2, 1.2));
                (double du, double dv) = (random.NextUniform(-0.3, 0.3), random.NextUniform(-0.3, 0.3));
                double change = Math.Abs(SignedDistance.Of(label, u + du, v + dv) - SignedDistance.Of(label, u, v));
                Assert.InRange(change, 0, double.Hypot(du, dv) + Rounding);
            }
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(10)]
    public void Of_NoShape_NamesTheLabel(int label)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => SignedDistance.Of(label, 0, 0));

        Assert.StartsWith($"Expected a shape in 0 .. 9, actual {label}.", error.Message);
    }
}
