using System.Numerics;
using Bitcurve.Models.Networks.Meshes;
using Bitcurve.Models.Surfaces;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Networks.Meshes;

[Collection(nameof(GlobalGenerator))]
public class GraphConvolutionTests
{
    // Vertices 0 and 3 are not joined.
    private static readonly TriangleMesh Kite = new([new(0, 0, 0), new(1, 0, 0), new(0, 1, 0), new(1, 1, 0.5f)], [new(0, 1, 2), new(2, 1, 3)]);

    [Fact]
    public void Call_IsOwnPlusTheSumOverNeighbours()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var layer = new GraphConvolution(2, 3);
        var features = randn([4, 2, 2]);
        var actual = layer.call(features, new MeshTopology(Kite).Arcs(CPU)).data<float>().ToArray();

        var (own, ownBias) = (Values("own.weight"), Values("own.bias"));
        var (other, otherBias) = (Values("neighbours.weight"), Values("neighbours.bias"));
        var f = features.data<float>().ToArray();
        int[][] neighbours = [[1, 2], [0, 2, 3], [0, 1, 3], [1, 2]];
        for (var v = 0; v < 4; v++)
        {
            for (var b = 0; b < 2; b++)
            {
                for (var o = 0; o < 3; o++)
                {
                    var expected = Row(own, ownBias, v, b, o) + neighbours[v].Sum(n => Row(other, otherBias, n, b, o));
                    Assert.Equal(expected, actual[(((v * 2) + b) * 3) + o], 1e-5f);
                }
            }
        }

        float[] Values(string name) => layer.state_dict()[name].data<float>().ToArray();

        float Row(float[] weight, float[] bias, int v, int b, int o) =>
            bias[o] + (weight[o * 2] * f[((v * 2) + b) * 2]) + (weight[(o * 2) + 1] * f[(((v * 2) + b) * 2) + 1]);
    }

    [Fact]
    public void Call_OfRenumberedVertices_IsTheRenumberedResult()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        using var layer = new GraphConvolution(5, 4);
        var mesh = IcoSphere.Of(1);
        var features = randn([42, 3, 5]);
        int[] order = [.. Enumerable.Range(0, 42)];
        new Bitcurve.Models.Data.KeyedRandom(4).Shuffle(order); // new vertex k is old vertex order[k]
        var place = new int[42];
        for (var k = 0; k < 42; k++)
        {
            place[order[k]] = k;
        }

        var renumbered = new TriangleMesh(
            Array.ConvertAll(order, old => mesh.Vertices[old]),
            Array.ConvertAll(mesh.Triangles, t => new Triangle(place[t.A], place[t.B], place[t.C])));
        var index = tensor([.. order.Select(old => (long)old)]);

        var moved = layer.call(features.index_select(0, index), new MeshTopology(renumbered).Arcs(CPU));
        var plain = layer.call(features, new MeshTopology(mesh).Arcs(CPU)).index_select(0, index);

        Assert.True((moved - plain).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Call_Gradients_AreThoseOfFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var layer = new GraphConvolution(3, 2);
        var arcs = new MeshTopology(Kite).Arcs(CPU);
        var features = randn([4, 1, 3]);
        var weights = randn([4, 1, 2]);

        FiniteDifferences.Check([features, .. layer.parameters()], () => (layer.call(features, arcs) * weights).sum(), step: 1e-2, tolerance: 2e-3);
    }

    [Fact]
    public void Call_AtAVertexWithoutNeighbours_IsItsOwnPart()
    {
        using var scope = NewDisposeScope();
        using var layer = new GraphConvolution(1, 1);
        var lonely = new MeshTopology(new TriangleMesh([Vector3.Zero, Vector3.UnitX, Vector3.UnitY, Vector3.One], [new(0, 1, 2)]));
        var state = layer.state_dict();

        var result = layer.call(ones([4, 1, 1]), lonely.Arcs(CPU)).data<float>().ToArray();

        Assert.Equal(state["own.weight"].item<float>() + state["own.bias"].item<float>(), result[3], 1e-6f);
    }
}
