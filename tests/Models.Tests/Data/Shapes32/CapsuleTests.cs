using Bitcurve.Models.Data.Rendering;

namespace Bitcurve.Models.Tests.Data.Rendering;

public sealed class CapsuleTests
{
    private static readonly Colour White = new(1, 1, 1);

    [Theory]
    [InlineData(0, 0, -0.1)]
    [InlineData(0.5, 0.1, 0)]
    [InlineData(1, 0, 0.4)]
    [InlineData(-0.8, 0.4, 0.4)]
    public void Distance_LyingCapsule_IsExact(double x, double y, double expected)
    {
        var capsule = new Capsule(0, 0, 0, 0.5, 0.1, White);

        Assert.Equal(expected, capsule.Distance(x, y), 1e-12);
    }

    [Theory]
    [InlineData(0.2, 0.3, -0.1)]
    [InlineData(0.2, 1.3, 0.4)]
    [InlineData(0.6, 1.1, 0.4)]
    public void Distance_StandingCapsuleElsewhere_IsExact(double x, double y, double expected)
    {
        var capsule = new Capsule(0.2, 0.3, Math.PI / 2, 0.5, 0.1, White);

        Assert.Equal(expected, capsule.Distance(x, y), 1e-12);
    }

    [Fact]
    public void Paint_CapsuleInTheMiddle_ColoursItsPixelsOnly()
    {
        var canvas = new Canvas();
        new Capsule(0, 0, 0, 0.5, 0.1, new Colour(1, 0.5, 0)).Paint(canvas);
        byte[] pixels = new byte[Canvas.Values];
        canvas.CopyTo(pixels);

        int middle = 15 * Canvas.Size + 15;
        Assert.Equal((255, 128, 0), (pixels[middle], pixels[Canvas.Pixels + middle], pixels[2 * Canvas.Pixels + middle]));
        Assert.Equal(0, pixels[0]);
    }
}
