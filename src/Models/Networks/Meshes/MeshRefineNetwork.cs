using Bitcurve.Models.Architecture;
using Bitcurve.Models.Networks.Dynamic;
using Bitcurve.Models.Training;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>
/// From an image and the box of its object to a mesh: feature map, RoIAlign, dynamic residual blocks, then stages that move the vertices of a sphere
/// placed in the box (seed 001, Figures 1 and 2). The convolutions can be quantised; linear layers and mask units stay in FP32.
/// </summary>
public sealed class MeshRefineNetwork : TrainableNetwork
{
    private readonly BlueprintNetwork backbone;
    private readonly DynamicResidualBlock[] blocks;
    private readonly MeshStage[] stages;
    private readonly StartShape start;

    /// <summary>Draws the weights from the global generator, in module order.</summary>
    public MeshRefineNetwork(MeshRefineOptions options)
        : base("mesh-refine")
    {
        Options = options;
        backbone = new BlueprintNetwork(options.BackboneBlueprint());
        register_module("backbone", backbone);
        blocks = [.. Enumerable.Range(0, options.Blocks).Select(_ => new DynamicResidualBlock(options.Channels, options.BlockLayers, options.IsDynamic))];
        for (var b = 0; b < blocks.Length; b++)
        {
            register_module($"block{b + 1}", blocks[b]);
        }

        stages = new MeshStage[options.Stages];
        for (var s = 0; s < stages.Length; s++)
        {
            stages[s] = new MeshStage(options.Channels, s == 0 ? 0 : options.GraphDimension, options.GraphDimension, options.GraphConvolutions);
            register_module($"stage{s + 1}", stages[s]);
        }

        start = new StartShape(options.SphereLevel);
        Convolutions =
        [
            .. backbone.Convolutions.Select(c => ($"backbone.{c.Name}", c.Layer)),
            .. blocks.SelectMany((block, b) => block.Convolutions.Select(c => ($"block{b + 1}.{c.Name}", c.Layer))),
        ];
    }

    public MeshRefineOptions Options { get; }

    /// <summary>Of every mesh that comes out.</summary>
    public MeshTopology Topology => start.Topology;

    public override IReadOnlyList<(string Name, QuantizableConvolution Layer)> Convolutions { get; }

    /// <summary>How the residual blocks are evaluated once trained.</summary>
    public DynamicInference Inference
    {
        get => blocks.Length == 0 ? DynamicInference.Sparse : blocks[0].Inference;
        set => Array.ForEach(blocks, block => block.Inference = value);
    }

    /// <summary>Whether the residual blocks' decisions are noisy in training.</summary>
    public bool HasNoise
    {
        set => Array.ForEach(blocks, block => block.HasNoise = value);
    }

    /// <summary>The layers of <see cref="Convolutions"/>, without weights; a residual block's count as if evaluated everywhere.</summary>
    public static IReadOnlyList<QuantizedLayer> Layers(MeshRefineOptions options)
    {
        var region = new Blueprint(
            "block",
            Block.Chain([.. options.BlockLayers.Select((layer, k) => layer.Convolution.As($"conv{k + 1}"))]),
            [options.Channels, options.RegionSize, options.RegionSize]);
        return
        [
            .. options.BackboneBlueprint().Convolutions.Select(QuantizedLayer.Of).Select(layer => layer with { Name = $"backbone.{layer.Name}" }),
            .. Enumerable.Range(1, options.Blocks).SelectMany(
                b => region.Convolutions.Select(QuantizedLayer.Of).Select(layer => layer with { Name = $"block{b}.{layer.Name}" })),
        ];
    }

    /// <summary>Refines one mesh per image.</summary>
    /// <param name="images">B x 3 x S x S.</param>
    /// <param name="boxes">B: where each image's object is.</param>
    /// <param name="camera">Took the images.</param>
    public MeshPrediction Refine(Tensor images, IReadOnlyList<ImageBox> boxes, ViewCamera camera)
    {
        using var scope = NewDisposeScope();
        var (region, densities) = Region(images, boxes);
        var arcs = Topology.Arcs(images.device);
        var vertices = start.Place(boxes, camera, images.device);
        Tensor? features = null;
        var moved = new List<Tensor>();
        foreach (var stage in stages)
        {
            (vertices, features) = stage.call(vertices, RegionAlign.Vertices(region, boxes, vertices, camera), features, arcs);
            moved.Add(vertices);
        }

        return new MeshPrediction(moved.ConvertAll(v => v.MoveToOuterDisposeScope()), [.. densities.Select(d => d.MoveToOuterDisposeScope())]);
    }

    // B x C x R x R, and each block's share of active positions.
    private (Tensor Features, IReadOnlyList<Tensor> Densities) Region(Tensor images, IReadOnlyList<ImageBox> boxes)
    {
        var x = RegionAlign.Boxes(backbone.call(images), boxes, Options.RegionSize);
        var densities = new List<Tensor>();
        foreach (var block in blocks)
        {
            (x, var mask) = block.Evaluate(x);
            densities.Add(mask.mean());
        }

        return (x, densities);
    }
}

/// <summary>What a refinement network makes of a batch.</summary>
/// <param name="Stages">The vertices after each stage, V x B x 3 in the camera's frame; the last are the result.</param>
/// <param name="Densities">Each residual block's share of active positions, one element.</param>
public sealed record MeshPrediction(IReadOnlyList<Tensor> Stages, IReadOnlyList<Tensor> Densities);
