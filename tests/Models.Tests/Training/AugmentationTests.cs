using Bitcurve.Models.Data;
using Bitcurve.Models.Training;

namespace Bitcurve.Models.Tests.Training;

public class AugmentationTests
{
    private static readonly ImageDataset OneImage = new("test", [.. Enumerable.Range(0, 3 * 4 * 4).Select(k => (byte)k)], [0], ["only"], 3, 4, 4);

    [Fact]
    public void None_Image_PutsChannelsInnermost()
    {
        Assert.Equal([0, 16, 32, 1, 17, 33], Applied(PixelMoves.None(1, 4, 4))[..6]);
    }

    [Fact]
    public void Draw_NothingVaried_EqualsNone()
    {
        var varied = new Augmentation(false, false, false, 0, false).Draw(1, 4, 4, new KeyedRandom(1));

        Assert.Equal(Applied(PixelMoves.None(1, 4, 4)), Applied(varied));
    }

    [Fact]
    public void Draw_ReflectedVariations_OnlyMovePixels()
    {
        // Reflection and flips never invent a colour: every pixel's three channels stay together.
        for (var seed = 0; seed < 50; seed++)
        {
            var bytes = Applied(Augmentation.Shapes.Draw(1, 4, 4, new KeyedRandom(seed)));
            for (var pixel = 0; pixel < 16; pixel++)
            {
                Assert.Equal(bytes[3 * pixel] + 16, bytes[(3 * pixel) + 1]);
                Assert.Equal(bytes[3 * pixel] + 32, bytes[(3 * pixel) + 2]);
            }
        }
    }

    [Fact]
    public void Draw_PadAndCrop_FillsWithZeroBeyondTheEdge()
    {
        var augmentation = Augmentation.PadCropFlip with { ShiftPixels = 3 };
        Assert.Contains(Enumerable.Range(0, 50), seed => Applied(augmentation.Draw(1, 4, 4, new KeyedRandom(seed))).Count(b => b == 0) > 1);
    }

    [Theory]
    [InlineData(4, 9, 4, "expected images larger than the shift of 4 pixels, actual 4 x 9")]
    [InlineData(6, 8, 2, "expected square images to transpose, actual 6 x 8")]
    public void Draw_ImagesThatDoNotFit_SaysWhy(int height, int width, int shift, string message)
    {
        var augmentation = new Augmentation(true, true, true, shift, ShiftEachImage: false);

        Assert.Equal(message, Assert.Throws<ArgumentException>(() => augmentation.Draw(1, height, width, new KeyedRandom(1))).Message);
    }

    private static byte[] Applied(PixelMoves moves)
    {
        var bytes = new byte[48];
        moves.Apply(0, OneImage.Image(0), 3, bytes);
        return bytes;
    }
}
