using System.Security.Cryptography;
using Bitcurve.Models.Data;

namespace Bitcurve.Models.Tests.Data;

public sealed class ImageDatasetTests
{
    private static readonly string[] TwoClasses = ["cat", "dog"];

    [Fact]
    public void Constructor_Images_KeepsTheirForm()
    {
        ImageDataset images = ThreeImages();

        Assert.Equal((3, 1, 2, 2), (images.Count, images.Channels, images.Height, images.Width));
        Assert.Equal([4, 5, 6, 7], images.Image(1).ToArray());
    }

    [Fact]
    public void ContentHash_KnownBytes_IsTheSha256OfTheDocumentedLayout()
    {
        // N, C, H, W and the labels 0, 1, 0 as little-endian int32, then the pixels 0 .. 11, written out by hand.
        byte[] layout =
        [
            3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0,
            0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0,
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
        ];

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(layout)), ThreeImages().ContentHash);
    }

    [Fact]
    public void ContentHash_OtherLabelOrPixel_Differs()
    {
        ImageDataset images = ThreeImages();
        byte[] same = [.. Enumerable.Range(0, 12).Select(value => (byte)value)];
        byte[] pixels = [.. same];
        pixels[11] ^= 1;

        Assert.NotEqual(images.ContentHash, new ImageDataset("x", same, [0, 1, 1], TwoClasses, 1, 2, 2).ContentHash);
        Assert.NotEqual(images.ContentHash, new ImageDataset("x", pixels, [0, 1, 0], TwoClasses, 1, 2, 2).ContentHash);
        Assert.Equal(images.ContentHash, new ImageDataset("other name", same, [0, 1, 0], TwoClasses, 1, 2, 2).ContentHash);
    }

    [Fact]
    public void Slice_Range_HoldsThoseImages()
    {
        ImageDataset part = ThreeImages().Slice("part", 1, 2);

        Assert.Equal(("part", 2), (part.Name, part.Count));
        Assert.Equal([1, 0], part.Labels);
        Assert.Equal([4, 5, 6, 7], part.Image(0).ToArray());
        Assert.Equal([8, 9, 10, 11], part.Image(1).ToArray());
    }

    [Fact]
    public void FromChunks_SeveralChunks_EqualsOneArray()
    {
        ImageDataset images = Chunked();

        Assert.Equal(ThreeImages().ContentHash, images.ContentHash);
        Assert.Equal([0, 1, 2, 3], images.Image(0).ToArray());
        Assert.Equal([8, 9, 10, 11], images.Image(2).ToArray());
        byte[] copy = new byte[4];
        images.Read(1, copy);
        Assert.Equal([4, 5, 6, 7], copy);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    public void Slice_AcrossChunks_EqualsTheSliceOfOneArray(int offset, int count) =>
        Assert.Equal(ThreeImages().Slice("part", offset, count).ContentHash, Chunked().Slice("part", offset, count).ContentHash);

    [Fact]
    public void FromChunks_WrongNumberOrSize_NamesBoth()
    {
        var few = Assert.Throws<ArgumentException>(
            () => ImageDataset.FromChunks("x", [new MemoryChunk(new byte[8], 4)], [0, 1, 0], TwoClasses, (1, 2, 2)));
        var size = Assert.Throws<ArgumentException>(
            () => ImageDataset.FromChunks("x", [new MemoryChunk(new byte[9], 3)], [0, 1, 0], TwoClasses, (1, 2, 2)));

        Assert.StartsWith("Expected 3 images of 4 bytes, actual 2 x 4.", few.Message);
        Assert.StartsWith("Expected 3 images of 4 bytes, actual 3 x 3.", size.Message);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(4, 0)]
    public void Slice_OutsideRange_NamesTheRange(int offset, int count)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ThreeImages().Slice("part", offset, count));

        Assert.StartsWith($"Expected a range within 3 images, actual {count} from image {offset}.", error.Message);
    }

    [Fact]
    public void Image_OutsideRange_NamesTheIndex()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ThreeImages().Image(3).Length);

        Assert.StartsWith("Expected an image in 0 .. 2, actual 3.", error.Message);
    }

    [Fact]
    public void Constructor_WrongNumberOfPixels_NamesBothNumbers()
    {
        var error = Assert.Throws<ArgumentException>(() => new ImageDataset("x", new byte[11], [0, 1, 0], TwoClasses, 1, 2, 2));

        Assert.StartsWith("Expected 3 x 1 x 2 x 2 = 12 bytes, actual 11.", error.Message);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void Constructor_LabelWithoutClass_NamesTheImage(int label)
    {
        var error = Assert.Throws<ArgumentException>(() => new ImageDataset("x", new byte[12], [0, label, 0], TwoClasses, 1, 2, 2));

        Assert.StartsWith($"Expected labels in 0 .. 1, actual {label} at image 1.", error.Message);
    }

    [Fact]
    public void Constructor_NoChannels_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageDataset("x", [], [0], TwoClasses, 0, 2, 2));

    private static ImageDataset Chunked() => ImageDataset.FromChunks(
        "chunks",
        [new MemoryChunk(new byte[] { 0, 1, 2, 3 }, 4), new MemoryChunk(Array.Empty<byte>(), 4), new MemoryChunk(new byte[] { 4, 5, 6, 7, 8, 9, 10, 11 }, 4)],
        [0, 1, 0],
        TwoClasses,
        (1, 2, 2));

    private static ImageDataset ThreeImages() =>
        new("three", [.. Enumerable.Range(0, 12).Select(value => (byte)value)], [0, 1, 0], TwoClasses, 1, 2, 2);
}
