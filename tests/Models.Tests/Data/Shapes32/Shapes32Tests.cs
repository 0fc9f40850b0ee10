using Bitcurve.Models.Data;

namespace Bitcurve.Models.Tests.Data.Rendering;

public sealed class Shapes32Tests
{
    private static readonly Shapes32Options Tiny = new() { Seed = 7, TrainCount = 60, ValidationCount = 20, TestCount = 30 };

    [Fact]
    public void Generate_TinyOptions_HasTheirSizes()
    {
        ImageSplits splits = Shapes32.Generate(Tiny);

        Assert.Equal((60, 20, 30, 60), (splits.Train.Count, splits.Validation.Count, splits.Test.Count, splits.FineTuneCount));
        Assert.Equal((3, 32, 32), (splits.Train.Channels, splits.Train.Height, splits.Train.Width));
        Assert.Equal(["shapes32 train", "shapes32 validation", "shapes32 test"],
            [splits.Train.Name, splits.Validation.Name, splits.Test.Name]);
        Assert.Equal((-2f, 2f), (splits.Normalization.Apply(0, 0), splits.Normalization.Apply(255, 2)));
    }

    [Fact]
    public void Options_Default_AreTheRecipe()
    {
        var options = new Shapes32Options();

        Assert.Equal((6000, 1000, 2000, 4000),
            (options.Count(Split.Train), options.Count(Split.Validation), options.Count(Split.Test), options.FineTuneCount));
        Assert.Equal(Shapes32Difficulty.Version2, options.Difficulty);
    }

    [Fact]
    public void Generate_FixedSeed_GivesFixedBytes()
    {
        // A change here changes the data, and with them every accuracy measured before.
        Assert.Equal(
            "f1bcb92b72d1680c0ca0a382f7ba3cd005a24076e24c7217c8961b9281a4e8ef", Shapes32.Generate(Split.Train, Tiny).ContentHash);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Generate_AnyNumberOfThreads_GivesTheSameBytes(int threads)
    {
        ImageDataset expected = Shapes32.Generate(Split.Test, Tiny);

        Assert.Equal(expected.ContentHash, Shapes32.Generate(Split.Test, Tiny with { MaximumThreads = threads }).ContentHash);
    }

    [Fact]
    public void Generate_SmallerSplit_IsAPrefixOfTheLarger()
    {
        ImageDataset large = Shapes32.Generate(Split.Train, Tiny);
        ImageDataset small = Shapes32.Generate(Split.Train, Tiny with { TrainCount = 23 });

        Assert.Equal(large.Slice("prefix", 0, 23).ContentHash, small.ContentHash);
    }

    [Fact]
    public void Generate_OtherSeedOrSplit_GivesOtherImages()
    {
        ImageDataset[] sets =
        [
            Shapes32.Generate(Split.Train, Tiny with { TrainCount = 20 }),
            Shapes32.Generate(Split.Validation, Tiny),
            Shapes32.Generate(Split.Test, Tiny with { TestCount = 20 }),
            Shapes32.Generate(Split.Validation, Tiny with { Seed = 8 }),
        ];

        IEnumerable<string> images = sets.SelectMany(set => Enumerable.Range(0, 20).Select(index => Convert.ToHexString(set.Image(index))));
        Assert.Equal(4 * 20, images.Distinct().Count());
    }

    [Fact]
    public void Generate_Labels_AreBalancedInEveryTen()
    {
        int[] labels = Shapes32.Generate(Split.Train, Tiny).Labels;

        Assert.All(labels.Chunk(10), ten => Assert.Equal(Enumerable.Range(0, 10), ten.Order()));
        Assert.NotEqual(labels[..10], labels[10..20]);
    }

    [Fact]
    public void Generate_Pixels_UseTheRange()
    {
        ImageDataset images = Shapes32.Generate(Split.Train, Tiny);
        byte[] pixels = [.. Enumerable.Range(0, images.Count).SelectMany(index => images.Image(index).ToArray())];

        Assert.Equal(0, pixels.Min());
        Assert.Equal(255, pixels.Max());
        // Colours, light and clamping centre near the middle; a bug in scale or channel order would leave this band.
        Assert.InRange(pixels.Average(value => value), 90, 150);
    }

    [Fact]
    public void Generate_OtherDifficulty_ChangesTheImages()
    {
        string[] hashes =
        [
            Shapes32.Generate(Split.Test, Tiny).ContentHash,
            Shapes32.Generate(Split.Test, Tiny with { Difficulty = Shapes32Difficulty.Version1 }).ContentHash,
            Shapes32.Generate(Split.Test, Tiny with { Difficulty = Shapes32Difficulty.Version3 }).ContentHash,
        ];

        Assert.Equal(3, hashes.Distinct().Count());
    }

    [Fact]
    public void Generate_BadOptions_NamesTheOption()
    {
        var count = Assert.Throws<ArgumentException>(() => Shapes32.Generate(Tiny with { ValidationCount = 0 }));
        Assert.Equal("Expected ValidationCount of at least 1, actual 0.", count.Message);

        var threads = Assert.Throws<ArgumentException>(() => Shapes32.Generate(Split.Test, Tiny with { MaximumThreads = 0 }));
        Assert.Equal("Expected MaximumThreads of at least 1, or -1 for all cores, actual 0.", threads.Message);
    }
}
