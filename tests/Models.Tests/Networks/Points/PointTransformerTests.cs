using System.Numerics;
using Bitcurve.Models.Networks.Points;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Networks.Points;

[Collection(nameof(GlobalGenerator))]
public class PointTransformerTests
{
    private static readonly PointTransformerDescription Tiny = new()
    {
        Inputs = 5,
        Outputs = 3,
        Widths = [8, 16, 16],
        Blocks = [1, 1, 2],
        Sampling = new([1, 4, 4], [6, 6, 4]),
    };

    [Fact]
    public void ParameterCount_OfThePublishedNetworks_IsThatOfTheSources()
    {
        // seed_tables.json t6.pt.full; thesis 6.3.2: "from roughly 7.8 million to around 379,000".
        Assert.Equal(7_767_729, PointTransformerDescription.Published.ParameterCount);
        Assert.Equal(379_384, PointTransformerDescription.Context().ParameterCount);
    }

    [Fact]
    public void ParameterCount_OfADescription_IsThatOfTheNetwork()
    {
        Assert.All(
            [Tiny, PointTransformerDescription.Context(), PointTransformerDescription.Published],
            description =>
            {
                using var network = new PointTransformer(description);
                Assert.Equal(description.ParameterCount, network.parameters().Sum(parameter => parameter.numel()));
            });
    }

    [Fact]
    public void Call_OfRenumberedPoints_RenumbersTheFeatures()
    {
        using var scope = NewDisposeScope();
        using var network = Evaluated(6);
        var points = RandomPoints.Draw(96, seed: 7);
        var features = randn([96, 5]);
        var order = RandomPoints.Order(96, seed: 8);
        var index = tensor(Array.ConvertAll(order, k => (long)k));

        var expected = Call(network, features, points).index_select(0, index);
        var actual = Call(network, features.index_select(0, index), Array.ConvertAll(order, k => points[k]));

        AssertClose(expected, actual, 1e-5);
    }

    [Fact]
    public void Call_OfMovedPoints_GivesTheSameFeatures()
    {
        using var scope = NewDisposeScope();
        using var network = Evaluated(9);
        var points = RandomPoints.Draw(96, seed: 10);
        var features = randn([96, 5]);

        var moved = Call(network, features, Array.ConvertAll(points, point => point + new Vector3(0.25f, -2, 1)));

        AssertClose(Call(network, features, points), moved, 1e-4);
    }

    [Fact]
    public void Call_OfAStretchedCloud_GivesOtherFeatures()
    {
        using var scope = NewDisposeScope();
        using var network = Evaluated(11);
        var points = RandomPoints.Draw(96, seed: 12);
        var features = randn([96, 5]);

        var stretched = Call(network, features, Array.ConvertAll(points, point => point * new Vector3(1, 1, 1.5f)));

        Assert.True((Call(network, features, points) - stretched).abs().max().item<float>() > 1e-3);
    }

    [Fact]
    public void Call_OfTwoCloudsAtOnce_IsThatOfEach()
    {
        using var scope = NewDisposeScope();
        using var network = Evaluated(13);
        var (first, second) = (RandomPoints.Draw(64, seed: 14), RandomPoints.Draw(64, seed: 15));
        var features = randn([128, 5]);
        using var recording = no_grad();

        var both = network.call(features, PointBatch.Of([PointPyramid.Build(first, Tiny.Sampling), PointPyramid.Build(second, Tiny.Sampling)], CPU));

        AssertClose(Call(network, features.narrow(0, 0, 64), first), both.narrow(0, 0, 64), 1e-5);
        AssertClose(Call(network, features.narrow(0, 64, 64), second), both.narrow(0, 64, 64), 1e-5);
    }

    [Fact]
    public void VectorAttention_ToThePointAlone_IsItsValueAndTheCodeOfNoOffset()
    {
        using var scope = NewDisposeScope();
        manual_seed(16);
        using var attention = new VectorAttention(8, 4);
        attention.eval();
        var features = randn([10, 8]);
        var points = PointBatch.Of([PointPyramid.Build(RandomPoints.Draw(10, seed: 17), new([1], [1]))], CPU);
        var named = attention.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);

        var values = nn.functional.linear(features, named["values.weight"], named["values.bias"]);
        var nowhere = named["offset_first.bias"].clone().mul(1 / Math.Sqrt(1 + 1e-5)).relu();
        var code = nn.functional.linear(nowhere, named["offset_second.weight"], named["offset_second.bias"]);

        AssertClose(values + code, attention.call(features, points.Scales[0].Attention), 1e-5);
    }

    [Fact]
    public void Gradient_OfATinyNetwork_IsTheDifferenceQuotient()
    {
        using var scope = NewDisposeScope();
        using var network = Evaluated(18);
        var batch = PointBatch.Of([PointPyramid.Build(RandomPoints.Draw(32, seed: 19), Tiny.Sampling)], CPU);
        var features = randn([32, 5]);
        var weighing = randn([32, 3]);
        float Loss() => (network.call(features, batch) * weighing).sum().item<float>();
        (network.call(features, batch) * weighing).sum().backward();

        foreach (var (name, parameter) in network.named_parameters())
        {
            using var recording = no_grad();
            using var inner = NewDisposeScope();

            // Along the gradient itself the slope is its norm; a central difference in single precision tells two to three digits of it.
            var gradient = parameter.grad!;
            var norm = linalg.vector_norm(gradient).item<float>();
            if (norm < 1e-3)
            {
                continue;
            }

            var step = 2e-3 / norm;
            parameter.add_(gradient, alpha: step);
            var above = Loss();
            parameter.add_(gradient, alpha: -2 * step);
            var below = Loss();
            parameter.add_(gradient, alpha: step);
            var slope = (above - below) / (2 * 2e-3);
            Assert.True(Math.Abs(slope - norm) < 0.05 * norm + 2e-2, $"{name}: gradient {norm}, difference quotient {slope}");
        }
    }

    [Fact]
    public void Call_ThroughWidthsThatDoNotShare_Throws()
    {
        var exception = Assert.Throws<ArgumentException>(() => new PointTransformer(Tiny with { Widths = [8, 12, 16] }));

        Assert.Equal("point transformer: expected widths that are multiples of 8, actual 8, 12, 16", exception.Message);
    }

    private static PointTransformer Evaluated(long seed)
    {
        manual_seed(seed);
        var network = new PointTransformer(Tiny);
        network.eval();
        return network;
    }

    private static Tensor Call(PointTransformer network, Tensor features, Vector3[] points)
    {
        using var recording = no_grad();
        return network.call(features, PointBatch.Of([PointPyramid.Build(points, Tiny.Sampling)], CPU));
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance) =>
        Assert.True((expected - actual).abs().max().item<float>() < tolerance, $"largest difference {(expected - actual).abs().max().item<float>()}");
}
