using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Points;

/// <summary>
/// The U-Net over points of Zhao et al. 2021 ("Point Transformer", ICCV), layer for layer as in its published code: transitions to coarser
/// scales, vector attention at each, and back with skip connections. Features in, features out, one row per point. However the points are
/// numbered, each gets the same features, as long as no two neighbours are equally far.
/// </summary>
public sealed class PointTransformer : nn.Module
{
    private readonly List<Stage> encoder = [];
    private readonly List<PointTransformerBlock> decoder = [];
    private readonly List<TransitionUp> ups = [];
    private readonly CloudMean coarsest;
    private readonly Linear head;
    private readonly BatchNorm1d head_norm;
    private readonly Linear head_output;

    /// <summary>Draws the weights from the global generator.</summary>
    /// <exception cref="ArgumentException">The description contradicts itself.</exception>
    public PointTransformer(PointTransformerDescription description)
        : base(nameof(PointTransformer))
    {
        description.Check();
        Description = description;
        var widths = description.Widths;
        for (var scale = 0; scale < widths.Count; scale++)
        {
            encoder.Add(EncoderStage(scale, scale == 0 ? description.Inputs : widths[scale - 1]));
        }

        register_module(nameof(coarsest), coarsest = new CloudMean(widths[^1]));
        for (var scale = 0; scale < widths.Count; scale++)
        {
            decoder.Add(new PointTransformerBlock(widths[scale], description.SharedChannels));
            register_module($"decoder{scale}", decoder[scale]);
            if (scale + 1 < widths.Count)
            {
                ups.Add(new TransitionUp(widths[scale + 1], widths[scale]));
                register_module($"up{scale}", ups[scale]);
            }
        }

        register_module(nameof(head), head = nn.Linear(widths[0], widths[0]));
        register_module(nameof(head_norm), head_norm = nn.BatchNorm1d(widths[0]));
        register_module(nameof(head_output), head_output = nn.Linear(widths[0], description.Outputs));
    }

    public PointTransformerDescription Description { get; }

    /// <summary>N x inputs to N x outputs.</summary>
    /// <param name="features">The rows of all clouds.</param>
    /// <param name="points">Their geometry, at least as many scales as the network has.</param>
    public Tensor call(Tensor features, PointBatch points)
    {
        var encoded = new List<Tensor>();
        for (var scale = 0; scale < encoder.Count; scale++)
        {
            features = encoder[scale].Call(features, points.Scales[scale]);
            encoded.Add(features);
        }

        features = decoder[^1].call(coarsest.call(features, points.Clouds), points.Scales[encoder.Count - 1].Attention);
        for (var scale = encoder.Count - 2; scale >= 0; scale--)
        {
            features = ups[scale].call(encoded[scale], features, points.Scales[scale + 1].Interpolation!);
            features = decoder[scale].call(features, points.Scales[scale].Attention);
        }

        return head_output.OverRows(head_norm.call(head.OverRows(features)).relu());
    }

    private Stage EncoderStage(int scale, int inputs)
    {
        var width = Description.Widths[scale];
        var down = new TransitionDown(inputs, width, pools: scale > 0);
        register_module($"down{scale}", down);
        var blocks = new List<PointTransformerBlock>();
        for (var k = 0; k < Description.Blocks[scale]; k++)
        {
            blocks.Add(new PointTransformerBlock(width, Description.SharedChannels));
            register_module($"encoder{scale}_{k}", blocks[k]);
        }

        return new(down, blocks);
    }

    private sealed record Stage(TransitionDown Down, IReadOnlyList<PointTransformerBlock> Blocks)
    {
        internal Tensor Call(Tensor features, PointBatchScale points) =>
            Blocks.Aggregate(Down.call(features, points.Pooling), (current, block) => block.call(current, points.Attention));
    }
}
