using Bitcurve.Models.Data;

namespace Bitcurve.Models.Tests.Data;

public sealed class ImageSplitsTests
{
    private static readonly Normalization Grey = new([0.5], [0.25]);

    [Fact]
    public void Indexer_EachSplit_IsItsDataset()
    {
        var splits = new ImageSplits(Images(3, 1), Images(2, 1), Images(1, 1), 2, Grey);

        Assert.Same(splits.Train, splits[Split.Train]);
        Assert.Same(splits.Validation, splits[Split.Validation]);
        Assert.Same(splits.Test, splits[Split.Test]);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => splits[(Split)3]);
        Assert.StartsWith("Expected Train, Validation or Test, actual 3.", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Constructor_FineTuneCountOutsideTrain_NamesTheRange(int count)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => new ImageSplits(Images(3, 1), Images(2, 1), Images(1, 1), count, Grey));

        Assert.StartsWith($"Expected 1 .. 3 images to fine-tune on, actual {count}.", error.Message);
    }

    [Fact]
    public void Constructor_SplitsOfDifferentForm_NamesBothForms()
    {
        var error = Assert.Throws<ArgumentException>(() => new ImageSplits(Images(3, 1), Images(2, 1), Images(1, 2), 1, Grey));

        Assert.StartsWith("Expected the form of the training images (1 x 2 x 2, 1 classes), actual 2 x 2 x 2, 1 classes.", error.Message);
        Assert.Equal("test", error.ParamName);
    }

    [Fact]
    public void Constructor_NormalizationOfOtherChannels_NamesBothNumbers()
    {
        var error = Assert.Throws<ArgumentException>(() => new ImageSplits(Images(3, 2), Images(2, 2), Images(1, 2), 1, Grey));

        Assert.StartsWith("Expected a mean for each of 2 channels, actual 1.", error.Message);
    }

    [Theory]
    [InlineData(0, -2)]
    [InlineData(255, 2)]
    [InlineData(51, -1.2)]
    public void Normalization_Byte_IsShiftedAndScaled(byte value, float expected) =>
        // One rounding to float32: relative error 2^-24.
        Assert.Equal(expected, Grey.Apply(value, 0), 1e-6f);

    [Fact]
    public void Normalization_BadStatistics_AreRefused()
    {
        var lengths = Assert.Throws<ArgumentException>(() => new Normalization([0, 0], [1]));
        Assert.StartsWith("Expected one standard deviation per mean (2), actual 1.", lengths.Message);

        var zero = Assert.Throws<ArgumentException>(() => new Normalization([0, 0], [1, 0]));
        Assert.StartsWith("Expected a positive standard deviation, actual 0 at channel 1.", zero.Message);
    }

    private static ImageDataset Images(int count, int channels) =>
        new("images", new byte[count * channels * 4], new int[count], ["only"], channels, 2, 2);
}
