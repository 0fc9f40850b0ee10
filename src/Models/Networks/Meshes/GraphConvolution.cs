using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>f'_i = W0 f_i + b0 + sum over neighbours j of i of (W1 f_j + b1) (Mesh R-CNN, Gkioxari et al. 2019, section 3.3); the ReLU is the caller's.</summary>
public sealed class GraphConvolution : nn.Module
{
    private readonly Linear own;
    private readonly Linear neighbours;

    // Mesh R-CNN's: a vertex adds up six neighbours, and the first offsets must be small.
    private const double InitialDeviation = 0.01;

    /// <summary>Weights from N(0, 0.01^2) by the global generator, no offsets.</summary>
    public GraphConvolution(int inputs, int outputs)
        : base(nameof(GraphConvolution))
    {
        own = nn.Linear(inputs, outputs);
        neighbours = nn.Linear(inputs, outputs);
        register_module("own", own);
        register_module("neighbours", neighbours);
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        foreach (var layer in new[] { own, neighbours })
        {
            layer.weight.copy_(randn(layer.weight.shape) * InitialDeviation);
            layer.bias!.zero_();
        }
    }

    /// <param name="features">V x B x C: vertices outermost, so that a vertex is one slice of all samples.</param>
    /// <param name="arcs">Who is whose neighbour.</param>
    /// <returns>V x B x O.</returns>
    public Tensor call(Tensor features, MeshArcs arcs)
    {
        using var scope = NewDisposeScope();
        var mine = PointwiseProduct.Of(features, own.weight, own.bias);
        var sent = PointwiseProduct.Of(features, neighbours.weight, neighbours.bias).index_select(0, arcs.Sources);
        return mine.index_add(0, arcs.Targets, sent, 1).MoveToOuterDisposeScope();
    }
}
