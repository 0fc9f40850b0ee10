using System.Text.Json;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Space;
using Bitcurve.Search.Tests.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Trials;

/// <summary>Searches whose levels are harmonics, or that leave layers alone.</summary>
public sealed class CompressionTests
{
    [Fact]
    public void Order_Harmonics_HasThemAndNoBits()
    {
        JobOrder order = OrderOf("harmonics:bezier:2", [0.9, 0.3]);

        Assert.Empty(order.Bits);
        Assert.Equal([7, 3, 1, 2, 2], order.Harmonics);
        Assert.Equal("73122", order.SchemeText());
    }

    [Fact]
    public void Order_BitsAndHarmonics_HasBoth()
    {
        JobOrder order = OrderOf("joint:bezier:2", [1, 0, 0.5, 0]);

        Assert.Equal([8, 7, 5, 3, 1], order.Bits);
        Assert.Equal([5, 2, 1, 1, 1], order.Harmonics);
        Assert.Equal("87531/52111", order.SchemeText());
    }

    [Fact]
    public void Order_SkippedLayers_StayInFp32WithTheirKernels()
    {
        // Bits of the three layers between: p = 1, 0.5, 0.
        JobOrder bits = OrderOf("bezier:2", [1, 0], "first", "conv3");
        JobOrder joint = OrderOf("joint:bezier:2", [1, 0, 0, 0], "last", "stem");

        Assert.Equal([0, 8, 5, 1, 0], bits.Bits);
        Assert.Empty(bits.Harmonics);
        Assert.Equal(["stem", "conv3"], bits.Quantizer.Skip!);
        Assert.Equal([0, 8, 5, 1, 0], joint.Bits);
        Assert.Equal([7, 1, 1, 1, 3], joint.Harmonics);
    }

    [Fact]
    public void SizeOf_SkippedLayersAndOtherMultipliers_CountsThem()
    {
        SearchDefinition definition = Define("bezier:2", new QuantizerSettings(BlockSize: 16, Multipliers: MultiplierPrecision.Fp32, Skip: ["stem"]));
        ModelSize size = definition.SizeOf(BitVector.Parse("4321"));

        // FP32 stem; then 8 x 8 x 9, 16 x 8, 16 x 40 x 9 and 16 x 16 x 9 weights in 8 x 9, 16, 16 x 3 x 9 and 16 x 9 blocks.
        Assert.Equal((32 * 1176) + (4 * 576) + (3 * 128) + (2 * 5760) + 2304, size.WeightBits);
        Assert.Equal(size.WeightBits + (32 * (72 + 16 + 432 + 144)), size.DsconvBits);
        Assert.Equal(["conv1", "shortcut", "conv2", "conv3"], definition.SearchedLayers.Select(layer => layer.Name));
    }

    [Theory]
    [InlineData("harmonics:bezier:2")]
    [InlineData("joint:chebyshev:2")]
    public void Search_OverHarmonics_RoundTripsToTheByteAndVerifies(string space)
    {
        var orders = new List<JobOrder>();
        SearchDefinition definition = Define(space, new QuantizerSettings(Skip: ["conv3"], Series: SeriesBasis.Chebyshev, Fit: SeriesFit.Gradient));
        double[] w = [0.9, 0.3, 0.6, 0.2];
        SearchState ended = RunToTheEnd(definition, w[..definition.Space.Parameters], orders);
        string json = SearchJson.Serialize(ended);
        BitVector chosen = Assert.Single(ended.Trials).Bits;

        Assert.Equal(SearchPhase.Completed, ended.Phase);
        Assert.Equal(json, SearchJson.Serialize(SearchJson.Deserialize(json)));
        Assert.Equal(
            [BitVector.Parse(""), chosen, definition.Space.Reversed(chosen), .. definition.Space.UniformNetworks().Select(uniform => uniform.Levels)],
            ended.Verification.Select(run => run.Bits).Distinct());
        Assert.Single(orders, order => order is { Kind: JobKind.FineTune, Bits.Count: 0, Harmonics.Count: 0 });
        Assert.All(orders, order => Assert.Equal(order.Harmonics.Count, order.Harmonics.Zip(Kernels.Mixed).Count(layer => layer.First <= layer.Second.KernelExtent)));
    }

    [Fact]
    public void Definition_OfBits_IsWrittenAsBeforeHarmonics()
    {
        string json = JsonSerializer.Serialize(Definition(), SearchJson.Options);

        Assert.Contains("\"space\":{\"kind\":\"bezier\",\"minimumBits\":1,\"amplitude\":\"full\",\"dimension\":2,\"layers\":8,\"maximumBits\":8}", json);
        Assert.Contains("\"quantizer\":{\"blockSize\":32,\"rounding\":\"nearest\",\"quantizeActivations\":true,\"recalibrateBatchNorm\":false}", json);
        Assert.Contains("{\"name\":\"conv1\",\"weightShape\":[16,3,3,3],\"macs\":442368}", json);
    }

    [Fact]
    public void Definition_WrittenBeforeHarmonics_MeansTheSame()
    {
        const string json = """
            {"kind":"chebyshev","minimumBits":2,"amplitude":"half","dimension":3,"layers":8,"maximumBits":6}
            """;

        Assert.Equal(
            new CurveSpace(CurveKind.Chebyshev, 3, 8, 2, 6, CurveAmplitude.Half), JsonSerializer.Deserialize<CurveSpace>(json, SearchJson.Options));
        Assert.Equal(
            new QuantizerSettings(16, WeightRounding.Floor, QuantizeActivations: false),
            JsonSerializer.Deserialize<QuantizerSettings>("{\"blockSize\":16,\"rounding\":\"floor\",\"quantizeActivations\":false}", SearchJson.Options));
    }

    [Fact]
    public void Validate_HarmonicsOfOtherKernels_SaysExpectedAndActual()
    {
        SearchDefinition definition = Define("harmonics:bezier:2", new QuantizerSettings());
        CurveSpace other = CurveSpace.Parse("harmonics:bezier:2", [.. Enumerable.Repeat(new LayerDescription("conv", [8, 8, 3, 3], 1), 5)]);

        Assert.Equal(
            "Space: expected harmonics 11111..73133 as in mixed/shapes32, actual 11111..33333.",
            Assert.Throws<ArgumentException>((definition with { Space = other }).Validate).Message);
    }

    [Fact]
    public void Validate_SeriesWithoutHarmonics_SaysExpectedAndActual() => Assert.Equal(
        "Series: expected Cosine and Closed where no harmonics are searched, actual Chebyshev and Closed.",
        Assert.Throws<ArgumentException>(() => Define("bezier:2", new QuantizerSettings(Series: SeriesBasis.Chebyshev))).Message);

    private static SearchDefinition Define(string space, QuantizerSettings quantizer) => new SearchRequest
    {
        Workload = Kernels.Workload.Name,
        Space = space,
        Quantizer = quantizer,
        Budget = "1jobs",
    }.Define("search", Kernels.Workload);

    private static JobOrder OrderOf(string space, double[] w, params string[] skip)
    {
        var orders = new List<JobOrder>();
        RunToTheEnd(Define(space, new QuantizerSettings(Skip: skip)), w, orders);
        return orders[1];
    }

    private static SearchState RunToTheEnd(SearchDefinition definition, double[] w, ICollection<JobOrder> orders)
    {
        var strategy = new OneNetwork(new SelectedJob
        {
            Bits = definition.Space.BitsAt(w),
            W = w,
            Epochs = 15,
            Score = 1,
            Reason = "Scripted.",
            RunnersUp = [],
        });
        return SearchState.Create(definition).RunToTheEnd(strategy, orders, Worker with { Workloads = [definition.Workload] });
    }

    private sealed class OneNetwork(SelectedJob job) : ISelectionStrategy
    {
        public SelectedJob? Next(SearchState state) => state.Decisions.Count == 0 ? job : null;
    }
}
