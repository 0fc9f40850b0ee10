using System.Globalization;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Networks.Occupancy;
using Bitcurve.Models.Series;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.Occupancy;

/// <summary>
/// Learning where shapes are, what they are called and which parts they have, from points or images (thesis ch. 5). The loss is the sum of
/// those of the tasks that are learned, each a mean over what it is about, all weights 1 (5.4).
/// </summary>
public sealed class OccupancyProblem : LearningProblem
{
    private static readonly Metric IntersectionOverUnion = new("IoU");
    private static readonly Metric PartIntersectionOverUnion = new("mIoU");

    private readonly Lazy<OccupancyData> data;
    private readonly OccupancyArchitecture architecture;

    /// <param name="data">Loaded or generated when first asked for.</param>
    /// <param name="architecture">Categories and parts are set by the data.</param>
    /// <param name="options">What the network sees.</param>
    public OccupancyProblem(Lazy<OccupancyData> data, OccupancyArchitecture architecture, OccupancyOptions options)
    {
        (this.data, this.architecture, Options) = (data, architecture, options);
        Learned = architecture.Tasks;
        Layers = architecture.HasImages ? LayersOf(architecture) : [];
    }

    /// <summary>The tasks that are trained; the heads of others keep their weights.</summary>
    public OccupancyTasks Learned { get; init; }

    /// <summary>Whether the encoder keeps its weights and is in evaluation mode while heads train.</summary>
    public bool HasFrozenEncoder { get; init; }

    /// <summary>Training shapes of fine-tuning; 0: all.</summary>
    public int FineTuneLimit { get; init; }

    public OccupancyOptions Options { get; }

    public OccupancyData Data => data.Value;

    /// <summary>With the data's categories and parts.</summary>
    public OccupancyArchitecture Architecture => architecture with { Categories = Data.Categories.Count, Parts = Data.PartCount };

    public override Metric Metric =>
        architecture.Has(OccupancyTasks.Reconstruction) ? IntersectionOverUnion
        : architecture.Has(OccupancyTasks.Classification) ? Metric.Accuracy
        : PartIntersectionOverUnion;

    public override int TrainCount => Data.Train.Count;

    public override int FineTuneCount => FineTuneLimit == 0 ? TrainCount : Math.Min(FineTuneLimit, TrainCount);

    public override string ContentHash => string.Join(Environment.NewLine, Data.ContentHash, Description);

    public override IReadOnlyList<QuantizedLayer> Layers { get; }

    // What decides loss and metric besides the shapes; the tasks are part of it, since each adds a loss.
    private string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"{architecture.Tasks}, learned {Learned}, joint {architecture.HasJointDecoder}, frozen {HasFrozenEncoder}, {FineTuneCount} shapes, {Options.Points} points, noise {Options.Noise}, ")
        + string.Create(CultureInfo.InvariantCulture, $"{Options.Queries} and {Options.EvaluationQueries} queries, threshold {Options.Threshold}");

    /// <summary>The convolutions of the image encoder, known without data; none with an encoder of points.</summary>
    public static IReadOnlyList<QuantizedLayer> LayersOf(OccupancyArchitecture architecture) =>
    [
        .. ImageEncoder.Of(architecture.ImageExtent, architecture.EncodingWidth).Convolutions
            .Select(QuantizedLayer.Of)
            .Select(layer => layer with { Name = $"encoder.{layer.Name}" }),
    ];

    /// <exception cref="ArgumentException">The data lack what a task needs, or the series do not fit.</exception>
    public override TrainableNetwork CreateNetwork(SeriesScheme? series = null)
    {
        if (architecture.Has(OccupancyTasks.Segmentation) && Data.PartsOfCategory.Any(parts => parts.Count == 0))
        {
            throw new ArgumentException("onet: expected shapes with part labels to learn segmentation from, actual a category without");
        }

        if (architecture.HasImages && Data.Train.Any(shape => shape.Images.Count == 0 || shape.Images[0].Length != 3 * architecture.ImageExtent * architecture.ImageExtent))
        {
            throw new ArgumentException($"onet: expected images of 3 x {architecture.ImageExtent} x {architecture.ImageExtent}, actual a shape without");
        }

        return new OccupancyNetwork(Architecture, series);
    }

    public override LearningSession Open(TrainableNetwork network, Device device) => new OccupancySession((OccupancyNetwork)network, this, device);
}
