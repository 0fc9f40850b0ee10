using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Volumes;
using Bitcurve.Models.Networks;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.Volumes;

/// <summary>Telling the class of a volume, voxels or a clip, by cross-entropy; judged by accuracy (thesis 3.3.1, 3.3.2; seed 000, 3.2).</summary>
public sealed class VolumeClassification : BlueprintProblem<LabelledVolumes>
{
    private readonly Normalization normalization;
    private readonly VolumeSymmetry symmetry;

    /// <param name="load">Reads or generates the volumes.</param>
    /// <param name="describe">A network that gives N x K logits.</param>
    /// <param name="normalization">From bytes to network input; null for bytes as they are (voxels of 0 and 1).</param>
    /// <param name="symmetry">What training varies.</param>
    public VolumeClassification(
        Func<DataSplits<LabelledVolumes>> load, Func<LabelledVolumes, Blueprint> describe, Normalization? normalization, VolumeSymmetry symmetry)
        : base(load, describe) => (this.normalization, this.symmetry) = (normalization ?? ByteBatches.Unchanged(1), symmetry);

    public override Metric Metric => Metric.Accuracy;

    public override LearningSession Open(TrainableNetwork network, Device device) => new Session((BlueprintNetwork)network, this, device);

    private protected override int CountOf(LabelledVolumes split) => split.Samples.Count;

    private protected override IEnumerable<string> HashedFacts() =>
    [
        "volume-classification/1",
        .. Enum.GetValues<Split>().Select(split => $"{Data[split].Samples.ContentHash} {string.Join(' ', Data[split].Labels)}"),
        $"{Data.FineTuneCount} {Data.Train.ClassNames.Count} {ProblemHash.Text(normalization)}",
        $"{symmetry.Turns} {symmetry.Plane} {string.Join(' ', symmetry.MirroredClasses ?? [])}",
    ];

    private sealed class Session(BlueprintNetwork network, VolumeClassification problem, Device device) : BlueprintSession(network)
    {
        private readonly DataSplits<LabelledVolumes> data = problem.Data;
        private readonly VolumeSymmetry symmetry = problem.symmetry;
        private readonly ByteBatches batches = new(problem.normalization, device);

        public override IReadOnlyList<(string Name, double Value)> MeasureAll(Split split)
        {
            var labels = data[split].Labels;
            List<int> predicted = [.. OverBatches(split, (_, logits) => logits.argmax(1).data<long>().ToArray()).SelectMany(p => p).Select(p => (int)p)];
            var recalls = Enumerable.Range(0, data[split].ClassNames.Count)
                .Select(label => labels.Zip(predicted).Where(pair => pair.First == label).ToList())
                .Where(pairs => pairs.Count > 0)
                .Select(pairs => pairs.Average(pair => pair.First == pair.Second ? 1.0 : 0));
            return [("accuracy", labels.Zip(predicted).Average(pair => pair.First == pair.Second ? 1.0 : 0)), ("mean class accuracy", recalls.Average())];
        }

        /// <summary>The accuracy of the training samples' most frequent class.</summary>
        public override double Trivial(Split split)
        {
            var guess = MostFrequent(data.Train.Labels, data.Train.ClassNames.Count);
            return data[split].Labels.Average(label => label == guess ? 1.0 : 0);
        }

        protected override int CountOf(Split split) => data[split].Samples.Count;

        protected override Tensor Input(Split split, IReadOnlyList<int> samples) => batches.Input(data[split].Samples, samples);

        protected override Tensor Loss(IReadOnlyList<int> samples, TrainingRecipe recipe, KeyedRandom random)
        {
            var moves = symmetry.Moves(samples.Count, recipe, random);
            var input = batches.Input(data.Train.Samples, samples, moves, symmetry.Plane);
            var labels = samples.Zip(moves, (sample, move) => (long)symmetry.ClassAfter(move, data.Train.Labels[sample]));
            return nn.functional.cross_entropy(Compute(input), tensor([.. labels], device: device));
        }
    }
}
