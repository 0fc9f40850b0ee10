using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>
/// One refinement stage of Mesh R-CNN (Gkioxari et al. 2019, section 3.3): image features under each vertex, graph convolutions that also see the
/// vertices' positions, and an offset of each vertex, at first zero.
/// </summary>
public sealed class MeshStage : nn.Module
{
    private const int Axes = 3;

    private readonly Linear bottleneck;
    private readonly Linear offset;
    private readonly GraphConvolution[] convolutions;

    /// <param name="imageFeatures">C of the feature map.</param>
    /// <param name="previous">D of the features that the stage before left; 0 for the first.</param>
    /// <param name="dimension">D of this stage's features.</param>
    /// <param name="convolutions">How many graph convolutions.</param>
    public MeshStage(int imageFeatures, int previous, int dimension, int convolutions)
        : base(nameof(MeshStage))
    {
        bottleneck = nn.Linear(imageFeatures, dimension);
        offset = nn.Linear(dimension + Axes, Axes);
        register_module("bottleneck", bottleneck);
        this.convolutions = new GraphConvolution[convolutions];
        for (var k = 0; k < convolutions; k++)
        {
            var inputs = (k == 0 ? previous + dimension : dimension) + Axes;
            register_module($"gconv{k + 1}", this.convolutions[k] = new GraphConvolution(inputs, dimension));
        }

        register_module("offset", offset);
        using var recording = no_grad();
        offset.weight.zero_();
        offset.bias!.zero_();
    }

    /// <param name="vertices">V x B x 3.</param>
    /// <param name="aligned">V x B x C: image features under the vertices.</param>
    /// <param name="features">V x B x D of the stage before; null in the first.</param>
    /// <param name="arcs">Who is whose neighbour.</param>
    /// <returns>The moved vertices and their features, V x B x D.</returns>
    public (Tensor Vertices, Tensor Features) call(Tensor vertices, Tensor aligned, Tensor? features, MeshArcs arcs)
    {
        using var scope = NewDisposeScope();
        var seen = PointwiseProduct.Of(aligned, bottleneck.weight, bottleneck.bias).relu();
        var x = features is null ? cat([seen, vertices], 2) : cat([features, seen, vertices], 2);
        Tensor? own = null;
        foreach (var convolution in convolutions)
        {
            own = convolution.call(x, arcs).relu();
            x = cat([own, vertices], 2);
        }

        var moved = vertices + PointwiseProduct.Of(x, offset.weight, offset.bias).tanh();
        return (moved.MoveToOuterDisposeScope(), own!.MoveToOuterDisposeScope());
    }
}
