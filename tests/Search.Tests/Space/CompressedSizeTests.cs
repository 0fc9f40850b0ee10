using System.Text.Json;
using Bitcurve.Search.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Space;

public sealed class CompressedSizeTests
{
    private static readonly LayerDescription[] Two = [new("stem", [2, 3, 7, 7], 10), new("conv", [4, 33, 3, 3], 20)];

    [Fact]
    public void Of_HarmonicsAlone_Counts32BitsPerCoefficient()
    {
        ModelSize size = ModelSize.Of(Two, new Scheme([], [5, 2]), blockSize: 32);

        // 2 x 3 x 5 x 5 + 4 x 33 x 2 x 2 = 150 + 528 coefficients.
        Assert.Equal(32 * 678, size.WeightBits);
        Assert.Equal(size.WeightBits, size.DsconvBits);
        Assert.Equal(32 * 32 * 30, size.BitOperations);
    }

    [Fact]
    public void Of_BitsAndHarmonics_QuantisesTheCoefficients()
    {
        ModelSize size = ModelSize.Of(Two, new Scheme([6, 3], [5, 2]), blockSize: 32);

        // Blocks: 2 x 1 x 25 and, of 33 channels, 4 x 2 x 4.
        Assert.Equal((150 * 6) + (528 * 3), size.WeightBits);
        Assert.Equal(size.WeightBits + (16 * (50 + 32)), size.DsconvBits);
        Assert.Equal((10 * 36) + (20 * 9), size.BitOperations);
    }

    [Fact]
    public void Of_LayerInFp32_Has32BitsAndNoMultipliers()
    {
        ModelSize size = ModelSize.Of(Two, new Scheme([0, 3], []), blockSize: 32, multiplierBits: 32);

        Assert.Equal((294 * 32) + (1188 * 3), size.WeightBits);
        Assert.Equal(size.WeightBits + (32 * 4 * 2 * 9), size.DsconvBits);
        Assert.Equal((10 * 32 * 32) + (20 * 9), size.BitOperations);
    }

    [Fact]
    public void Of_AnisotropicKernel_HasNoMoreHarmonicsThanEachAxis() => Assert.Equal(
        32 * 8 * 4 * 3 * 3, ModelSize.Of([new("conv", [8, 1, 4, 3, 3], 1)], new Scheme([], [4]), 32).WeightBits);

    [Fact]
    public void Of_AllHarmonics_IsTheFp32Network() => Assert.Equal(
        ModelSize.Of(Kernels.Mixed, new Scheme([], []), 32), ModelSize.Of(Kernels.Mixed, new Scheme([], [7, 3, 1, 3, 3]), 32));

    [Theory]
    [InlineData("t4.T2.63333.params")]
    [InlineData("t4.T2.43332.params")]
    public void Of_ResNet18OfTheThesis_HasItsParameters(string id)
    {
        (int[] harmonics, long parameters) = Row(id);
        int StageOf(LayerDescription layer) => layer.Name == "stem" ? 0 : layer.Name[0] - '0' + 1;
        int[] levels = [.. Kernels.ResNet18.Select(layer => Math.Min(layer.KernelExtent, harmonics[StageOf(layer)]))];

        // The thesis counts the last layer too: 512 x 1000 weights and 1000 biases.
        Assert.Equal(parameters - 513_000, Coefficients(Kernels.ResNet18, levels));
    }

    [Theory]
    [InlineData("t4.T3.r1.params")]
    [InlineData("t4.T3.r4.params")]
    [InlineData("t4.T3.r6.params")]
    public void Of_ConvNextOfTheThesis_HasItsParameters(string id)
    {
        (int[] harmonics, long parameters) = Row(id);

        Assert.Equal(parameters, Coefficients(Kernels.ConvNextDepthwise, [4, .. harmonics]));
    }

    [Fact]
    public void Of_WrongNumberOfHarmonics_SaysExpectedAndActual() => Assert.Equal(
        "Harmonics: expected one entry per layer (2), actual 1.",
        Assert.Throws<ArgumentException>(() => ModelSize.Of(Two, new Scheme([], [3]), 32)).Message);

    private static long Coefficients(IReadOnlyList<LayerDescription> layers, int[] harmonics)
    {
        CurveSpace space = CurveSpace.Parse("harmonics:bezier:2", layers);
        ModelSize size = ModelSize.Of(layers, Scheme.Of(space, new BitVector(harmonics), layers), 32);
        return size.WeightBits / 32;
    }

    private static (int[] Harmonics, long Value) Row(string id)
    {
        using JsonDocument tables = JsonDocument.Parse(File.ReadAllText(Path.Combine(SeedTables.Folder, "seed_tables.json")));
        JsonElement row = tables.RootElement.EnumerateArray().Single(entry => entry.GetProperty("id").GetString() == id);
        return (row.GetProperty("harmonics").Deserialize<int[]>()!, row.GetProperty("value").GetInt64());
    }
}
