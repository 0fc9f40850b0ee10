using Bitcurve.Models.Networks.Points;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.RangeUdf;

/// <summary>
/// RangeUDF (Wang et al. 2022): a point cloud's encodings give, at any place, the unsigned distance to the surface and the class of the surface
/// next to it; with a contextualising module as thesis ch. 6 adds it. The encoder is a point transformer, as there.
/// </summary>
public sealed class RangeUdfNetwork : TrainableNetwork
{
    // A quarter of the clamped range: the distances' ReLU is open at first for every query, so that gradients flow.
    private const double FirstDistance = 0.025;

    private readonly PointTransformer encoder;
    private readonly AttentiveInterpolation distance_interpolation;
    private readonly Perceptron distance_head;
    private readonly ContextModule? context;
    private readonly AttentiveInterpolation? semantic_interpolation;
    private readonly Perceptron? semantic_head;
    private readonly Parameter? task_log_variances;

    /// <summary>Draws the weights from the global generator.</summary>
    /// <exception cref="ArgumentException">The description contradicts itself.</exception>
    public RangeUdfNetwork(RangeUdfDescription description)
        : base("rangeudf")
    {
        Description = description;
        var width = description.Encoder.Outputs;
        register_module(nameof(encoder), encoder = new PointTransformer(description.Encoder));
        register_module(nameof(distance_interpolation), distance_interpolation = new AttentiveInterpolation(width, seesQuery: true));
        register_module(nameof(distance_head), distance_head = new Perceptron(width + 3, description.DistanceWidths, 1));
        using (no_grad())
        using (NewDisposeScope())
        {
            distance_head.Output.bias!.zero_().add_(FirstDistance);
        }

        if (description.Classes == 0)
        {
            return;
        }

        if (description.Context is { } added)
        {
            register_module(nameof(context), context = new ContextModule(width, added));
            width += added.Outputs;
        }

        register_module(nameof(semantic_interpolation), semantic_interpolation = new AttentiveInterpolation(width, seesQuery: false));
        register_module(nameof(semantic_head), semantic_head = new Perceptron(width, description.SemanticWidths, description.Classes, description.Dropout));
        if (description.WeighsTasks)
        {
            using var scope = NewDisposeScope();
            register_parameter(nameof(task_log_variances), task_log_variances = new Parameter(zeros([2])));
            task_log_variances.DetachFromDisposeScope();
        }
    }

    public RangeUdfDescription Description { get; }

    /// <summary>None: its layers are linear.</summary>
    public override IReadOnlyList<(string Name, QuantizableConvolution Layer)> Convolutions => [];

    /// <summary>Logarithms of the variances of distance and label, by which the losses of both are weighed; null unless described.</summary>
    public Parameter? TaskLogVariances => task_log_variances;

    /// <summary>Modules that reconstruction trains.</summary>
    public IReadOnlyList<nn.Module> Geometry => [encoder, distance_interpolation, distance_head];

    /// <summary>Of these the ones behind the encoder.</summary>
    public IReadOnlyList<nn.Module> DistanceField => [distance_interpolation, distance_head];

    /// <summary>Encodings of the points, N x d.</summary>
    public Tensor Encode(PointBatch points) => encoder.call(points.Positions, points);

    /// <summary>Encodings with their context, N x (d + l); the encodings themselves where there is no module for it.</summary>
    public Tensor Contextualise(Tensor encodings, PointBatch points) =>
        context is null ? encodings : cat([encodings, context.call(encodings, points)], 1);

    /// <summary>Unsigned distances, R.</summary>
    /// <param name="encodings">N x d.</param>
    /// <param name="queries">R places.</param>
    public Tensor Distances(Tensor encodings, PointQueries queries)
    {
        var features = distance_interpolation.call(encodings, queries);
        return distance_head.call(cat([features, queries.Positions], 1)).squeeze(1).relu();
    }

    /// <summary>Class scores, R x classes.</summary>
    /// <param name="contextual">N x (d + l).</param>
    /// <param name="queries">R places.</param>
    public Tensor Logits(Tensor contextual, PointQueries queries) => semantic_head!.call(semantic_interpolation!.call(contextual, queries));
}
