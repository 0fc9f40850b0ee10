using Bitcurve.Models.Data;
using Bitcurve.Models.Training;

namespace Bitcurve.Models.Tests.Training;

public class AugmentationTests
{
    private static readonly ImageDataset OneImage = new("test", [.. Enumerable.Range(0, 3 * 4 * 4).Select(k => (byte)k)], [0], ["only"], 3, 4, 4);

    [Fact]
    public void AssemblePlain_Image_PutsChannelsInnermost()
    {
        var bytes = new byte[48];
        Augmentation.AssemblePlain(OneImage, 0, 1, bytes);

        Assert.Equal([0, 16, 32, 1, 17, 33], bytes[..6]);
    }

    [Fact]
    public void Assemble_NothingVaried_EqualsPlain()
    {
        var (plain, varied) = (new byte[48], new byte[48]);
        Augmentation.AssemblePlain(OneImage, 0, 1, plain);
        new Augmentation(false, false, false, 0, false).Assemble(OneImage, [0], new KeyedRandom(1), varied);

        Assert.Equal(plain, varied);
    }

    [Fact]
    public void Assemble_ReflectedVariations_OnlyMovePixels()
    {
        // Reflection and flips never invent a colour: every pixel's three channels stay together.
        for (var seed = 0; seed < 50; seed++)
        {
            var bytes = new byte[48];
            Augmentation.Shapes.Assemble(OneImage, [0], new KeyedRandom(seed), bytes);
            for (var pixel = 0; pixel < 16; pixel++)
            {
                Assert.Equal(bytes[3 * pixel] + 16, bytes[(3 * pixel) + 1]);
                Assert.Equal(bytes[3 * pixel] + 32, bytes[(3 * pixel) + 2]);
            }
        }
    }

    [Fact]
    public void Assemble_PadAndCrop_FillsWithZeroBeyondTheEdge()
    {
        var zeroSeen = Enumerable.Range(0, 50).Any(seed =>
        {
            var bytes = new byte[48];
            Augmentation.PadCropFlip.Assemble(OneImage, [0], new KeyedRandom(seed), bytes);
            return bytes.Count(b => b == 0) > 1;
        });

        Assert.True(zeroSeen);
    }
}
