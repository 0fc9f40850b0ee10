using System.Numerics;
using Bitcurve.Models.Networks.Points;
using Bitcurve.Models.Networks.RangeUdf;
using Bitcurve.Models.Surfaces;
using Bitcurve.Models.Tests.Networks.Points;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Networks.RangeUdf;

[Collection(nameof(GlobalGenerator))]
public class RangeUdfNetworkTests
{
    private static readonly PointTransformerDescription Encoder = new()
    {
        Inputs = 3,
        Outputs = 16,
        Widths = [16, 16],
        Blocks = [1, 1],
        Sampling = new([1, 4], [6, 6]),
    };

    private static readonly RangeUdfDescription Tiny = new()
    {
        Encoder = Encoder,
        DistanceWidths = [16],
        SemanticWidths = [16],
        Classes = 3,
        Context = ContextDescription.Of(Encoder with { Inputs = 16, Outputs = 4 }),
    };

    [Fact]
    public void Distances_AtMovedQueries_ChangeAsTheirGradientTells()
    {
        using var scope = NewDisposeScope();
        manual_seed(31);
        using var network = new RangeUdfNetwork(Tiny);
        network.eval();
        var points = RandomPoints.Draw(64, seed: 32);
        var batch = PointBatch.Of([PointPyramid.Build(points, Encoder.Sampling)], CPU);
        var encodings = network.Encode(batch);
        var places = RandomPoints.Draw(20, seed: 33);
        var queries = Queries(places, points);
        queries.Positions.requires_grad = true;

        var distances = network.Distances(encodings, queries);
        distances.sum().backward();
        var gradients = queries.Positions.grad!.data<float>().ToArray();

        // The neighbours stay: the field is smooth between the places where they change.
        var moved = network.Distances(encodings, queries with { Positions = queries.Positions.detach() + tensor([2e-3f, 0f, 0f], [1, 3]) });
        var before = network.Distances(encodings, queries with { Positions = queries.Positions.detach() - tensor([2e-3f, 0f, 0f], [1, 3]) });
        var slopes = (moved - before).data<float>().ToArray();
        Assert.Equal(slopes.Length, places.Length);
        Assert.Contains(gradients, gradient => Math.Abs(gradient) > 1e-3);
        for (var k = 0; k < slopes.Length; k++)
        {
            Assert.Equal(gradients[3 * k], slopes[k] / 4e-3, 5e-3);
        }
    }

    [Fact]
    public void Contextualise_KeepsTheEncodingsAndAddsChannels()
    {
        using var scope = NewDisposeScope();
        manual_seed(34);
        using var network = new RangeUdfNetwork(Tiny);
        network.eval();
        var batch = PointBatch.Of([PointPyramid.Build(RandomPoints.Draw(64, seed: 35), Encoder.Sampling)], CPU);

        var encodings = network.Encode(batch);
        var contextual = network.Contextualise(encodings, batch);

        Assert.Equal([64L, 20L], contextual.shape);
        Assert.Equal(0, (contextual.narrow(1, 0, 16) - encodings).abs().max().item<float>());
    }

    [Fact]
    public void Logits_OfQueriesOnOneSide_DependOnNeighboursAlone()
    {
        using var scope = NewDisposeScope();
        manual_seed(36);
        using var network = new RangeUdfNetwork(Tiny);
        network.eval();
        var points = RandomPoints.Draw(64, seed: 37);
        var batch = PointBatch.Of([PointPyramid.Build(points, Encoder.Sampling)], CPU);
        var contextual = network.Contextualise(network.Encode(batch), batch);
        var place = points[5] + new Vector3(1e-4f, 0, 0);

        var logits = network.Logits(contextual, Queries([points[5], place], points));

        Assert.Equal([2L, 3L], logits.shape);
        Assert.Equal(0, (logits.narrow(0, 0, 1) - logits.narrow(0, 1, 1)).abs().max().item<float>(), 1e-5);
    }

    [Fact]
    public void Network_WithAContextOfOtherChannels_Throws()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => new RangeUdfNetwork(Tiny with { Context = ContextDescription.Of(Encoder with { Inputs = 32, Outputs = 4 }) }));

        Assert.Equal("context module: expected a network that takes the encoding's 16 channels, actual 32", exception.Message);
    }

    private static PointQueries Queries(Vector3[] places, Vector3[] points) =>
        PointQueries.Of(places, [Neighbourhood.Nearest(places, points, new PointSearch(points), 4)], points.Length, CPU);
}
