using Bitcurve.Search.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Space;

public sealed class ModelSizeTests
{
    [Fact]
    public void Of_EveryTrainedScheme_GivesTheMeasuredSize()
    {
        IReadOnlyList<(string Bits, long DsconvBits)> schemes = SeedTables.TrainedSchemes();

        Assert.Equal(101, schemes.Count);
        Assert.All(schemes, scheme => Assert.Equal(scheme.DsconvBits, ModelSize.Of(Vgg8.Layers, BitVector.Parse(scheme.Bits)).DsconvBits));
    }

    [Fact]
    public void Of_UniformVgg8_IsLinearInItsBits() => Assert.All(
        Enumerable.Range(1, 8),
        bits => Assert.Equal((115_632 * bits) + 71_424, ModelSize.Of(Vgg8.Layers, BitVector.Uniform(bits, 8)).DsconvBits));

    [Fact]
    public void Of_OneBitVgg8_CountsItsMacs() => // 5.05 million multiply-accumulates per image.
        Assert.Equal(5.05e6, ModelSize.Of(Vgg8.Layers, BitVector.Uniform(1, 8)).BitOperations, tolerance: 0.005e6);

    [Fact]
    public void Of_LayerWithShortLastBlock_RoundsBlocksUp()
    {
        LayerDescription[] layers = [new("conv", [2, 33, 3], 100)];
        var size = ModelSize.Of(layers, BitVector.Parse("3"));

        Assert.Equal(2 * 33 * 3 * 3, size.WeightBits);
        Assert.Equal(size.WeightBits + (16 * 2 * 2 * 3), size.DsconvBits);
        Assert.Equal(((594 + 192) / 8) + 1, size.MemoryBytes); // 786 bits are 98.25 bytes.
        Assert.Equal(900, size.BitOperations);
    }

    [Fact]
    public void Of_OtherBlockSize_CountsItsBlocks() =>
        Assert.Equal(16 * 10, ModelSize.Of([new("conv", [2, 33], 1)], BitVector.Parse("1"), blockSize: 8).DsconvBits - 66);

    [Fact]
    public void Of_WrongNumberOfBits_SaysExpectedAndActual() => Assert.StartsWith(
        "Bits: expected one entry per layer (8), actual 2.",
        Assert.Throws<ArgumentException>(() => ModelSize.Of(Vgg8.Layers, BitVector.Parse("44"))).Message);
}
