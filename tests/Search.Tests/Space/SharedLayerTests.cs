using Bitcurve.Search.Hosting;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Space;

/// <summary>Layers that take the levels of an earlier one, as a shortcut takes those of its block.</summary>
public sealed class SharedLayerTests
{
    private static readonly WorkloadDescription Workload = Kernels.Workload with
    {
        Layers = [.. Kernels.Mixed.Select(layer => layer.Name == "shortcut" ? layer with { SharesWith = "conv1" } : layer)],
    };

    [Fact]
    public void Define_SharedLayer_HasNoLevelOfItsOwn()
    {
        SearchDefinition definition = Define();

        Assert.Equal(4, definition.Space.Layers);
        Assert.Equal(["stem", "conv1", "conv2", "conv3"], definition.SearchedLayers.Select(layer => layer.Name));
        Assert.Equal([8, 5, 5, 3, 1], definition.SchemeOf(BitVector.Parse("8531")).Bits);
    }

    /// <summary>Sizes count every layer: 8x3x7x7 at 8 bits, 8x8x3x3 and 16x8x1x1 at 5, 16x40x3x3 at 3, 16x16x3x3 at 1.</summary>
    [Fact]
    public void SizeOf_SharedLayer_CountsItAtTheSharedLevel()
    {
        ModelSize size = Define().SizeOf(BitVector.Parse("8531"));

        Assert.Equal((1176 * 8) + (576 * 5) + (128 * 5) + (5760 * 3) + (2304 * 1), size.WeightBits);
        Assert.Equal((1000L * 64) + (900 * 25) + (800 * 25) + (700 * 9) + 600, size.BitOperations);
    }

    [Fact]
    public void SchemeOf_SkippedOwner_LeavesTheSharedLayerAloneToo()
    {
        SearchDefinition definition = Define(skip: ["conv1"]);

        Assert.Equal(3, definition.Space.Layers);
        Assert.Equal([8, 0, 0, 3, 1], definition.SchemeOf(BitVector.Parse("831")).Bits);
    }

    [Fact]
    public void SchemeOf_SkippedSharedLayer_StaysAloneAsItIs()
    {
        SearchDefinition definition = Define(skip: ["shortcut"]);

        Assert.Equal([8, 5, 0, 3, 1], definition.SchemeOf(BitVector.Parse("8531")).Bits);
    }

    /// <summary>The shortcut's kernel has one position: it takes no more harmonics than that.</summary>
    [Fact]
    public void SchemeOf_SharedHarmonics_AreCutToTheKernel()
    {
        SearchDefinition definition = Define("joint:bezier:2");

        Assert.Equal([7, 2, 1, 3, 1], definition.SchemeOf(BitVector.Parse("85317231")).Harmonics);
    }

    [Fact]
    public void Define_LayersWithoutSharing_IsAsBefore() =>
        Assert.Equal([8, 5, 4, 3, 1], Define(workload: Kernels.Workload).SchemeOf(BitVector.Parse("85431")).Bits);

    [Theory]
    [InlineData("conv3")]
    [InlineData("shortcut")]
    [InlineData("nothing")]
    public void Define_LevelsOfALaterOrUnknownLayer_SaysExpectedAndActual(string owner)
    {
        WorkloadDescription wrong = Workload with
        {
            Layers = [.. Workload.Layers.Select(layer => layer.SharesWith is null ? layer : layer with { SharesWith = owner })],
        };

        Assert.Equal(
            $"Layer shortcut of mixed/shapes32: expected the levels of an earlier layer that has its own, actual those of '{owner}'.",
            Assert.Throws<ArgumentException>(() => Define(workload: wrong)).Message);
    }

    private static SearchDefinition Define(string space = "bezier:2", IReadOnlyList<string>? skip = null, WorkloadDescription? workload = null) =>
        new SearchRequest { Workload = Workload.Name, Space = space, Quantizer = new QuantizerSettings(Skip: skip) }.Define("search", workload ?? Workload);
}
