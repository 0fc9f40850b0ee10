using Bitcurve.Models.Data;
using Bitcurve.Models.Training;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Training;

public class PixelMovesTests
{
    private const int Count = 6;

    public static TheoryData<int, int, int, bool, bool, bool, int, bool> Forms => new()
    {
        { 3, 32, 32, true, false, false, 4, true }, // CIFAR
        { 3, 32, 32, true, true, true, 2, false }, // shapes32
        { 3, 9, 14, true, true, false, 8, true },
        { 3, 9, 14, true, true, false, 5, false },
        { 1, 8, 8, true, true, true, 7, true },
        { 2, 5, 5, false, false, true, 4, false },
        { 4, 6, 11, true, false, false, 1, true },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Apply_AnyVariation_EqualsTheFirstImplementation(
        int channels, int height, int width, bool mirror, bool turn, bool transpose, int shift, bool each)
    {
        var images = Noise(channels, height, width);
        var augmentation = new Augmentation(mirror, turn, transpose, shift, each);
        for (var seed = 0; seed < 40; seed++)
        {
            int[] indices = [5, 0, 3, 3, 1, 2];
            var expected = new byte[Count * images.ImageBytes];
            ByteAugmentation.Assemble(augmentation, images, indices, new KeyedRandom(seed), expected);

            var moves = augmentation.Draw(Count, height, width, new KeyedRandom(seed));
            Assert.Equal(expected, OverBytes(moves, images, indices));
            Assert.Equal(expected, AsTensors(moves, images, indices, CPU));
        }
    }

    [Fact]
    public void Apply_WrittenOutByHand_MovesEachPixel()
    {
        // Output row 0 is source row 1 mirrored, row 1 is beyond the edge; of the last column too.
        var moves = new PixelMoves(2, 3, [3, PixelMoves.Outside], [2, 1, PixelMoves.Outside]);
        var image = new ImageDataset("six", [1, 2, 3, 4, 5, 6], [0], ["only"], 1, 2, 3);

        Assert.Equal([6, 5, 0, 0, 0, 0], OverBytes(moves, image, [0]));
        Assert.Equal([6, 5, 0, 0, 0, 0], AsTensors(moves, image, [0], CPU));
    }

    private static ImageDataset Noise(int channels, int height, int width)
    {
        var random = new KeyedRandom(7);
        byte[] pixels = [.. Enumerable.Range(0, Count * channels * height * width).Select(_ => (byte)random.NextBits())];
        return new ImageDataset("noise", pixels, new int[Count], ["only"], channels, height, width);
    }

    private static byte[] OverBytes(PixelMoves moves, ImageDataset images, int[] indices)
    {
        var output = new byte[indices.Length * images.ImageBytes];
        for (var b = 0; b < indices.Length; b++)
        {
            moves.Apply(b, images.Image(indices[b]), images.Channels, output.AsSpan(b * images.ImageBytes, images.ImageBytes));
        }

        return output;
    }

    private static byte[] AsTensors(PixelMoves moves, ImageDataset images, int[] indices, Device device)
    {
        using var scope = NewDisposeScope();
        byte[] raw = [.. indices.SelectMany(index => images.Image(index).ToArray())];
        var source = tensor(raw, [indices.Length, images.Channels, images.Height, images.Width], device: device);
        return moves.Apply(source).data<byte>().ToArray();
    }
}
