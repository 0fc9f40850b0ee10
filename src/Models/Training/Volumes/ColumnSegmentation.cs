using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Volumes;
using Bitcurve.Models.Networks;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.Volumes;

/// <summary>
/// Naming what each voxel of a volume's centre column belongs to, by cross-entropy over the voxels that have a class; judged by the accuracy over
/// these (thesis 3.3.2, Table 3.4; Dai and Niessner 2018).
/// </summary>
public sealed class ColumnSegmentation : BlueprintProblem<LabelledColumns>
{
    // What cross_entropy leaves out of its mean.
    private const long Ignored = -100;

    private readonly Normalization normalization;

    /// <param name="load">Reads or generates the columns.</param>
    /// <param name="describe">A network that gives N x (K Z) logits, classes outermost.</param>
    /// <param name="normalization">From bytes to network input.</param>
    public ColumnSegmentation(Func<DataSplits<LabelledColumns>> load, Func<LabelledColumns, Blueprint> describe, Normalization normalization)
        : base(load, describe) => this.normalization = normalization;

    public override Metric Metric => Metric.Accuracy;

    public override LearningSession Open(TrainableNetwork network, Device device) => new Session((BlueprintNetwork)network, this, device);

    private protected override int CountOf(LabelledColumns split) => split.Samples.Count;

    private protected override IEnumerable<string> HashedFacts() =>
    [
        "column-segmentation/1",
        .. Enum.GetValues<Split>().Select(split => $"{Data[split].Samples.ContentHash} {string.Join(' ', Data[split].Labels.SelectMany(column => column))}"),
        $"{Data.FineTuneCount} {Data.Train.ClassNames.Count} {ProblemHash.Text(normalization)}",
    ];

    private sealed class Session(BlueprintNetwork network, ColumnSegmentation problem, Device device) : BlueprintSession(network)
    {
        private readonly DataSplits<LabelledColumns> data = problem.Data;
        private readonly ByteBatches batches = new(problem.normalization, device);

        private int Classes => data.Train.ClassNames.Count;

        public override IReadOnlyList<(string Name, double Value)> MeasureAll(Split split)
        {
            // Correct and all voxels per class.
            var (correct, all) = (new long[Classes], new long[Classes]);
            foreach (var (samples, predicted) in OverBatches(split, (samples, logits) => (samples, ByClass(logits).argmax(1).data<long>().ToArray())))
            {
                for (var voxel = 0; voxel < predicted.Length; voxel++)
                {
                    var label = data[split].Labels[samples[voxel / data.Train.Height]][voxel % data.Train.Height];
                    if (label != LabelledColumns.Unlabelled)
                    {
                        all[label]++;
                        correct[label] += predicted[voxel] == label ? 1 : 0;
                    }
                }
            }

            var recalls = correct.Zip(all).Where(pair => pair.Second > 0).Select(pair => (double)pair.First / pair.Second);
            return [("accuracy", (double)correct.Sum() / all.Sum()), ("mean class accuracy", recalls.Average())];
        }

        /// <summary>The accuracy of answering, at each height, the training columns' most frequent class at that height.</summary>
        public override double Trivial(Split split)
        {
            var overall = MostFrequent(data.Train.Labels.SelectMany(column => column).Where(label => label != LabelledColumns.Unlabelled), Classes);
            var guesses = Enumerable.Range(0, data.Train.Height).Select(height =>
            {
                List<int> labels = [.. data.Train.Labels.Select(column => column[height]).Where(label => label != LabelledColumns.Unlabelled)];
                return labels.Count == 0 ? overall : MostFrequent(labels, Classes);
            }).ToList();
            return data[split].Labels
                .SelectMany(column => column.Zip(guesses))
                .Where(pair => pair.First != LabelledColumns.Unlabelled)
                .Average(pair => pair.First == pair.Second ? 1.0 : 0);
        }

        protected override int CountOf(Split split) => data[split].Samples.Count;

        protected override Tensor Input(Split split, IReadOnlyList<int> samples) => batches.Input(data[split].Samples, samples);

        // A room may be walked around: the centre column stays where it is under every turn of the floor.
        protected override Tensor Loss(IReadOnlyList<int> samples, TrainingRecipe recipe, KeyedRandom random)
        {
            var symmetry = VolumeSymmetry.AboutFirstAxis;
            var moves = symmetry.Moves(samples.Count, recipe, random);
            var logits = ByClass(Compute(batches.Input(data.Train.Samples, samples, moves, symmetry.Plane)));
            var labels = samples.SelectMany(sample => data.Train.Labels[sample]).Select(label => label == LabelledColumns.Unlabelled ? Ignored : label);
            return nn.functional.cross_entropy(logits, tensor([.. labels], [samples.Count, data.Train.Height], device: device));
        }

        // N x (K Z) becomes N x K x Z.
        private Tensor ByClass(Tensor logits) => logits.view(logits.shape[0], Classes, data.Train.Height);
    }
}
