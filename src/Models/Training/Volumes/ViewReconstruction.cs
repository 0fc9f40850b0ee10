using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Volumes;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Surfaces;
using TorchSharp;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.Volumes;

/// <summary>
/// Telling from one picture which voxels a shape fills, by voxel-wise cross-entropy; judged by the mean over shapes of intersection over union
/// of the voxels whose probability is at least 0.3 (seed 000, 3.3).
/// </summary>
public sealed class ViewReconstruction : BlueprintProblem<ViewsOfVoxels>
{
    /// <summary>Probability from which a voxel counts as filled (seed 000, 3.3).</summary>
    public const float Threshold = 0.3f;

    /// <summary>Mean over shapes.</summary>
    public static readonly Metric IntersectionOverUnion = new("IoU");

    private readonly Normalization normalization;

    /// <param name="load">Reads or generates the views.</param>
    /// <param name="describe">A network that takes images and gives N x 1 x R x R x R logits; images of another size are scaled to its input.</param>
    /// <param name="normalization">Of the images.</param>
    public ViewReconstruction(Func<DataSplits<ViewsOfVoxels>> load, Func<ViewsOfVoxels, Blueprint> describe, Normalization normalization)
        : base(load, describe) => this.normalization = normalization;

    public override Metric Metric => IntersectionOverUnion;

    public override LearningSession Open(TrainableNetwork network, Device device) => new Session((BlueprintNetwork)network, this, device);

    private protected override int CountOf(ViewsOfVoxels split) => split.Images.Count;

    private protected override IEnumerable<string> HashedFacts() =>
    [
        "view-reconstruction/1",
        .. Enum.GetValues<Split>().Select(split => $"{Data[split].Images.ContentHash} {Data[split].Voxels.ContentHash}"),
        $"{Data.FineTuneCount} {ProblemHash.Text(normalization)}",
    ];

    private sealed class Session(BlueprintNetwork network, ViewReconstruction problem, Device device) : BlueprintSession(network)
    {
        private readonly DataSplits<ViewsOfVoxels> data = problem.Data;
        private readonly IReadOnlyList<int> input = problem.Blueprint.Input;
        private readonly ByteBatches images = new(problem.normalization, device);
        private readonly ByteBatches grids = new(ByteBatches.Unchanged(1), device);

        public override IReadOnlyList<(string Name, double Value)> MeasureAll(Split split)
        {
            var figures = OverBatches(split, (samples, logits) =>
            {
                var target = Target(split, samples);
                var loss = nn.functional.binary_cross_entropy_with_logits(logits, target).item<float>();
                var probabilities = logits.sigmoid().contiguous().data<float>().ToArray();
                return (Ious: samples.Select((sample, b) => IouOf(split, sample, probabilities, b)).ToList(), Loss: (double)loss, samples.Count);
            });
            return
            [
                ("IoU", figures.SelectMany(f => f.Ious).Average()),
                ("cross-entropy", figures.Sum(f => f.Loss * f.Count) / figures.Sum(f => f.Count)),
            ];
        }

        /// <summary>The IoU of the training shapes' mean, cut where that is best for the training shapes themselves.</summary>
        public override double Trivial(Split split)
        {
            var train = data.Train.Voxels;
            var mean = new float[train.SampleBytes];
            for (var sample = 0; sample < train.Count; sample++)
            {
                var voxels = train[sample];
                for (var k = 0; k < mean.Length; k++)
                {
                    mean[k] += voxels[k] / (float)train.Count;
                }
            }

            var threshold = Enumerable.Range(1, 19).Select(k => k / 20.0).MaxBy(t => MeanIou(mean, train, t));
            return MeanIou(mean, data[split].Voxels, threshold);
        }

        protected override int CountOf(Split split) => data[split].Images.Count;

        protected override Tensor Input(Split split, IReadOnlyList<int> samples)
        {
            var given = images.Input(data[split].Images, samples);
            return data[split].Images.Shape.SequenceEqual(input) ? given : Scaled(given);
        }

        protected override Tensor Loss(IReadOnlyList<int> samples, TrainingRecipe recipe, KeyedRandom random) =>
            nn.functional.binary_cross_entropy_with_logits(Compute(Input(Split.Train, samples)), Target(Split.Train, samples));

        private static double MeanIou(float[] probabilities, ByteSamples voxels, double threshold) =>
            Enumerable.Range(0, voxels.Count).Average(sample => VoxelMetrics.IoU(probabilities, voxels[sample], (float)threshold));

        private double IouOf(Split split, int sample, float[] probabilities, int position)
        {
            var voxels = data[split].Voxels;
            return VoxelMetrics.IoU(probabilities.AsSpan(position * voxels.SampleBytes, voxels.SampleBytes), voxels[sample], Threshold);
        }

        // N x 1 x R x R x R.
        private Tensor Target(Split split, IReadOnlyList<int> samples) => grids.Input(data[split].Voxels, samples);

        // Linear between pixels, as photographs are usually scaled: N x 3 x H x W.
        private Tensor Scaled(Tensor given)
        {
            var (rows, columns) = (Positions(input[1]), Positions(input[2]));
            var x = columns.view(1, -1, 1).expand(input[1], -1, -1);
            var y = rows.view(-1, 1, 1).expand(-1, input[2], -1);
            var grid = cat([x, y], 2).unsqueeze(0).expand(given.shape[0], -1, -1, -1); // N x H x W x (x, y)
            return nn.functional.grid_sample(given, grid, padding_mode: GridSamplePaddingMode.Border, align_corners: false);
        }

        // Centres of the pixels on the scale from -1 to 1.
        private Tensor Positions(int count) => arange(count, ScalarType.Float32, device).mul_(2.0 / count).add_((1.0 / count) - 1);
    }
}
