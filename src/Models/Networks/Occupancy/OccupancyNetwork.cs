using Bitcurve.Models.Series;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Occupancy;

/// <summary>
/// An occupancy network with heads (thesis ch. 5, Fig. 2): points or an image become an encoding, from which decoders tell for any point
/// whether it lies inside the shape and to which part it belongs, and a classifier the shape's category.
/// </summary>
/// <remarks>Children: <c>encoder</c>, and as far as there are heads <c>decoder</c>, <c>segmentation</c>, <c>classifier</c>.</remarks>
public sealed class OccupancyNetwork : TrainableNetwork
{
    private readonly Func<Tensor, Tensor> encode;
    private readonly ConditionalDecoder? decoder;
    private readonly ConditionalDecoder? segmentation;
    private readonly ShapeClassifier? classifier;

    /// <summary>Draws the weights from the global generator, in the order of the children.</summary>
    /// <exception cref="ArgumentException">There is no head, a joint decoder lacks a task, or series do not fit the kernels.</exception>
    public OccupancyNetwork(OccupancyArchitecture architecture, SeriesScheme? series = null)
        : base("onet")
    {
        Architecture = Checked(architecture, series);
        if (architecture.HasImages)
        {
            var image = new BlueprintNetwork(ImageEncoder.Of(architecture.ImageExtent, architecture.EncodingWidth), series);
            register_module("encoder", image);
            encode = image.call;
            Convolutions = [.. image.Convolutions.Select(c => ($"encoder.{c.Name}", c.Layer))];
        }
        else
        {
            var points = new PointEncoder(architecture.EncoderWidth, architecture.EncodingWidth);
            register_module("encoder", points);
            encode = points.call;
            Convolutions = [];
        }

        if (architecture.HasJointDecoder)
        {
            register_module("decoder", decoder = Decoder(1 + architecture.Parts));
        }
        else
        {
            if (architecture.Has(OccupancyTasks.Reconstruction))
            {
                register_module("decoder", decoder = Decoder(1));
            }

            if (architecture.Has(OccupancyTasks.Segmentation))
            {
                register_module("segmentation", segmentation = Decoder(architecture.Parts));
            }
        }

        if (architecture.Has(OccupancyTasks.Classification))
        {
            register_module("classifier", classifier = new ShapeClassifier(architecture.EncodingWidth, architecture.Categories));
        }
    }

    public OccupancyArchitecture Architecture { get; }

    public override IReadOnlyList<(string Name, QuantizableConvolution Layer)> Convolutions { get; }

    /// <summary>N x T x 3 points, or N x 3 x S x S images, to N x c.</summary>
    public Tensor Encode(Tensor input) => encode(input);

    /// <summary>N x c to N x K logits; needs the classifier.</summary>
    public Tensor Classify(Tensor encoding) => (classifier ?? throw Lacks("classifier")).call(encoding);

    /// <summary>What the encoded shapes are like at query points, as far as <paramref name="tasks"/> ask and heads can tell.</summary>
    /// <param name="queries">N x T x 3.</param>
    /// <param name="encoding">N x c.</param>
    /// <param name="tasks">Which of occupancy and parts.</param>
    /// <returns>Logits: occupancy N x T, parts N x T x labels; null where not asked.</returns>
    /// <exception cref="InvalidOperationException">A head is asked that the network lacks.</exception>
    public (Tensor? Occupancy, Tensor? Parts) Decode(Tensor queries, Tensor encoding, OccupancyTasks tasks)
    {
        var (inside, parts) = (tasks.HasFlag(OccupancyTasks.Reconstruction), tasks.HasFlag(OccupancyTasks.Segmentation));
        if (Architecture.HasJointDecoder && (inside || parts))
        {
            var both = decoder!.Call(queries, encoding);
            return (inside ? both.narrow(2, 0, 1).squeeze(2) : null, parts ? both.narrow(2, 1, Architecture.Parts) : null);
        }

        return (
            inside ? (decoder ?? throw Lacks("decoder")).Call(queries, encoding).squeeze(2) : null,
            parts ? (segmentation ?? throw Lacks("segmentation decoder")).Call(queries, encoding) : null);
    }

    /// <summary>The children that serve a task besides the encoder.</summary>
    internal IEnumerable<string> ChildrenOf(OccupancyTasks tasks)
    {
        if (tasks.HasFlag(OccupancyTasks.Reconstruction) || (Architecture.HasJointDecoder && tasks.HasFlag(OccupancyTasks.Segmentation)))
        {
            yield return "decoder";
        }

        if (tasks.HasFlag(OccupancyTasks.Segmentation) && !Architecture.HasJointDecoder)
        {
            yield return "segmentation";
        }

        if (tasks.HasFlag(OccupancyTasks.Classification))
        {
            yield return "classifier";
        }
    }

    private static OccupancyArchitecture Checked(OccupancyArchitecture architecture, SeriesScheme? series)
    {
        const OccupancyTasks both = OccupancyTasks.Reconstruction | OccupancyTasks.Segmentation;
        if (architecture.Tasks == OccupancyTasks.None)
        {
            throw new ArgumentException("onet: expected at least one of the tasks reconstruction, classification and segmentation, actual none");
        }

        if (architecture.HasJointDecoder && !architecture.Has(both))
        {
            throw new ArgumentException($"onet: a joint decoder is for reconstruction and segmentation, the tasks are {architecture.Tasks}");
        }

        return series is null || architecture.HasImages
            ? architecture
            : throw new ArgumentException("onet: expected no series, since an encoder of points has no convolutions whose kernels they could stand for");
    }

    private static InvalidOperationException Lacks(string head) => new($"this occupancy network has no {head}");

    private ConditionalDecoder Decoder(int outputs) => new(Architecture.EncodingWidth, Architecture.DecoderWidth, outputs);
}
