using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Rendering;

namespace Bitcurve.Models.Tests.Data.Rendering;

public sealed class RendererTests
{
    [Fact]
    public void Canvas_Coordinates_AreCentresOfPixels()
    {
        Assert.Equal(-31.0 / 32, Canvas.Coordinate(0));
        Assert.Equal(1.0 / 32, Canvas.Coordinate(16));
        Assert.Equal(31.0 / 32, Canvas.Coordinate(31));
        Assert.Equal(1.0 / 16, Canvas.PixelSize);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(-1.0 / 64, 0.75)]
    [InlineData(1.0 / 32, 0)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    public void Coverage_Distance_FallsFromOneToZeroWithinAPixel(double distance, double expected) =>
        Assert.Equal(expected, Canvas.Coverage(distance));

    [Fact]
    public void Render_AnyLabelOrChance_TakesTheSameDraws()
    {
        ulong expected = BitsAfter(0, new Shapes32Difficulty());
        Shapes32Difficulty[] variants =
        [
            new() { OccluderProbability = 0 },
            new() { OccluderProbability = 1 },
            new() { Contrast = 0 },
            new() { Contrast = 1 },
        ];

        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(expected, BitsAfter(label, new Shapes32Difficulty())));
        Assert.All(variants, variant => Assert.Equal(expected, BitsAfter(3, variant)));
    }

    [Fact]
    public void Render_TwoLabels_DifferInTheShapeAlone()
    {
        byte[] disc = Image(0);
        byte[] star = Image(5);

        Assert.NotEqual(disc, star);
        // The corners are out of reach of a target: |centre| <= 0.32 and at most 0.75 * 1.15 * 1.05 around it.
        Assert.Equal(disc[0], star[0]);
        Assert.Equal(disc[^1], star[^1]);
    }

    [Fact]
    public void Sample_Targets_StandOutFromTheSurround()
    {
        var difficulty = new Shapes32Difficulty();
        for (int trial = 0; trial < 500; trial++)
        {
            var random = new KeyedRandom(6, trial);
            Colour surround = Background.Sample(random, difficulty).Middle;
            Target target = Target.Sample(random, 0, difficulty, surround);

            Assert.InRange(target.Fill.Contrast(surround), difficulty.Contrast, 1);
            Assert.InRange(target.Scale, 0.45, 0.75);
            Assert.InRange(target.Aspect, 1 / 1.15, 1.15);
            Assert.InRange(target.CentreX, -0.22, 0.22);
        }
    }

    [Fact]
    public void Paint_Light_IsLinearAcrossTheImage()
    {
        var canvas = new Canvas();
        for (int pixel = 0; pixel < Canvas.Pixels; pixel++)
        {
            canvas.Blend(pixel / Canvas.Size, pixel % Canvas.Size, new Colour(0.5, 0.5, 0.5), 1);
        }

        new Light(1, 0.4, 0).Paint(canvas);
        byte[] pixels = new byte[Canvas.Values];
        canvas.CopyTo(pixels);

        // 255 * 0.5 * (1 + 0.4 x) at x = -31/32 and 31/32.
        Assert.Equal((78, 177), (pixels[0], pixels[31]));
    }

    [Fact]
    public void Render_WrongBuffer_NamesBothLengths()
    {
        var error = Assert.Throws<ArgumentException>(
            () => Renderer.Render(new KeyedRandom(0), 0, new Shapes32Difficulty(), new byte[100]));

        Assert.StartsWith("Expected room for 3072 bytes, actual 100.", error.Message);
    }

    private static ulong BitsAfter(int label, Shapes32Difficulty difficulty)
    {
        var random = new KeyedRandom(9, 0, 17);
        Renderer.Render(random, label, difficulty, new byte[Canvas.Values]);
        return random.NextBits();
    }

    private static byte[] Image(int label)
    {
        byte[] pixels = new byte[Canvas.Values];
        Renderer.Render(new KeyedRandom(9, 0, 17), label, new Shapes32Difficulty(), pixels);
        return pixels;
    }
}
