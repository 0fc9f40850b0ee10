using Bitcurve.Models.Architecture;
using Bitcurve.Models.Networks.Dynamic;

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>A mesh refinement network (seed 001; Mesh R-CNN, Gkioxari et al. 2019, with a sphere in place of its voxel branch).</summary>
public sealed record MeshRefineOptions
{
    /// <summary>
    /// ResNet-50's first three stages and a 1x1 convolution to 256 channels, RoIAlign to 14x14, three blocks of 256 channels, three stages of three
    /// graph convolutions of 128 on the 2,562 vertices of Mesh R-CNN's sphere.
    /// </summary>
    public static MeshRefineOptions Full { get; } = new()
    {
        ImageSize = 137,
        Backbone = Backbones.ResNet50(256),
        Channels = 256,
        RegionSize = 14,
        GraphDimension = 128,
        SphereLevel = 4,
    };

    /// <summary>The same parts for 48x48 images: three convolutions, 32 channels, 162 vertices.</summary>
    public static MeshRefineOptions Small { get; } = new()
    {
        ImageSize = 48,
        Backbone = Backbones.Small(16, 32),
        Channels = 32,
        RegionSize = 12,
        GraphDimension = 32,
        SphereLevel = 2,
    };

    /// <summary>Pixels along each side of an image.</summary>
    public required int ImageSize { get; init; }

    /// <summary>From 3 x S x S to a map of <see cref="Channels"/>.</summary>
    public required Block Backbone { get; init; }

    /// <summary>Of the feature map and the residual blocks.</summary>
    public required int Channels { get; init; }

    /// <summary>Cells of the box along each side.</summary>
    public required int RegionSize { get; init; }

    /// <summary>Of the vertices' features.</summary>
    public required int GraphDimension { get; init; }

    /// <summary>Splits of the icosahedron that refinement starts from.</summary>
    public required int SphereLevel { get; init; }

    /// <summary>Residual blocks in front of the mesh stages; the seed's best has 3 (its Table 2: 3 to 6).</summary>
    public int Blocks { get; init; } = 3;

    /// <summary>Whether the residual blocks decide where they are worth evaluating; else they are dense.</summary>
    public bool IsDynamic { get; init; } = true;

    /// <summary>Mesh stages.</summary>
    public int Stages { get; init; } = 3;

    /// <summary>Graph convolutions of a stage.</summary>
    public int GraphConvolutions { get; init; } = 3;

    /// <summary>Of each residual block.</summary>
    internal IReadOnlyList<DynamicLayer> BlockLayers => DynamicLayer.Basic(Channels);

    /// <exception cref="ArgumentException">The backbone does not fit image and channels.</exception>
    internal Blueprint BackboneBlueprint()
    {
        var blueprint = new Blueprint("backbone", Backbone, [3, ImageSize, ImageSize]);
        return blueprint.Top.Output.Count == 3 && blueprint.Top.Output[0] == Channels
            ? blueprint
            : throw new ArgumentException($"backbone: expected a map of {Channels} channels, actual {Placement.Text(blueprint.Top.Output)}");
    }

    private static class Backbones
    {
        internal static Block ResNet50(int channels) =>
            Block.Chain(ResNet.Features([64, 128, 256], [3, 4, 6], Stem.Large, Shortcut.Projection, hasBottlenecks: true), Lateral(channels));

        // Two convolutions with stride 2 and one without: a quarter of the image's resolution.
        internal static Block Small(int first, int channels) => Block.Chain(
            Step(first, 2).As("stage1"),
            Step(channels, 2).As("stage2"),
            Step(channels, 1).As("stage3"));

        private static Sequence Step(int outputs, int stride) => Block.Chain(
            Block.Conv2d(outputs, kernel: 3, stride, padding: 1).As("conv"), new BatchNorm().As("bn"), new Relu());

        private static Block Lateral(int channels) => Block.Chain(
            Block.Conv2d(channels, kernel: 1).As("conv"), new BatchNorm().As("bn"), new Relu()).As("lateral");
    }
}
