using System.Globalization;
using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Series;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training;

/// <summary>Naming what is in an image: cross-entropy of logits, judged by the fraction of images classified correctly.</summary>
public sealed class ImageClassification : LearningProblem
{
    private readonly Lazy<ImageSplits> data;

    /// <param name="network">Name in <see cref="NetworkCatalogue"/>.</param>
    /// <param name="load">Reads or generates the images, once.</param>
    public ImageClassification(string network, Func<ImageSplits> load) => (NetworkName, data) = (network, new Lazy<ImageSplits>(load));

    public ImageClassification(string network, ImageSplits images)
        : this(network, () => images)
    {
    }

    /// <summary>Name in <see cref="NetworkCatalogue"/>.</summary>
    public string NetworkName { get; }

    public ImageSplits Data => data.Value;

    public override Metric Metric => Metric.Accuracy;

    public override int TrainCount => Data.Train.Count;

    public override int FineTuneCount => Data.FineTuneCount;

    public override string ContentHash => string.Join(
        Environment.NewLine,
        [
            .. Enum.GetValues<Split>().Select(split => Data[split].ContentHash),
            string.Create(CultureInfo.InvariantCulture, $"{Data.FineTuneCount} {string.Join(' ', Data.Normalization.Mean)} {string.Join(' ', Data.Normalization.StandardDeviation)}"),
        ]);

    public override IReadOnlyList<QuantizedLayer> Layers =>
        QuantizedLayer.AllOf(NetworkCatalogue.Describe(NetworkName, Data.Train.ClassNames.Count, [Data.Train.Channels, Data.Train.Height, Data.Train.Width]));

    public override BlueprintNetwork CreateNetwork(SeriesScheme? series = null) => NetworkCatalogue.Create(NetworkName, Data.Train.ClassNames.Count, series);

    public override LearningSession Open(TrainableNetwork network, Device device) => new Session((BlueprintNetwork)network, Data, device);

    private sealed class Session(BlueprintNetwork network, ImageSplits data, Device device) : LearningSession(network)
    {
        private const int CalibrationImages = 1000;

        private readonly ImageBatches batches = new(data.Normalization, device);

        public override IEnumerable<Func<Tensor>> Steps(int count, TrainingRecipe recipe, long seed, int epoch) =>
            batches.Shuffled(data.Train, count, recipe, seed, epoch)
                .Select(batch => (Func<Tensor>)(() => nn.functional.cross_entropy(network.call(batch.Input), batch.Target)));

        public override double Measure(Split split) => Evaluation.Accuracy(data[split], batches, network.call);

        public override IReadOnlyList<(string Name, double Value)> MeasureAll(Split split) => [(Metric.Accuracy.Name, Measure(split))];

        // The most frequent class of the training images.
        public override double Trivial(Split split)
        {
            var frequent = data.Train.Labels.CountBy(label => label).MaxBy(entry => entry.Value).Key;
            return data[split].Labels.Count(label => label == frequent) / (double)data[split].Count;
        }

        public override IEnumerable<Action> CalibrationPasses() =>
            batches.InOrder(data.Train, Evaluation.Batch, CalibrationImages).Select(batch => (Action)(() => network.call(batch.Input)));

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                batches.Dispose();
            }
        }
    }
}
