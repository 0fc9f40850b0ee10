using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Volumes;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Series;
using Bitcurve.Models.Surfaces;
using Bitcurve.Models.Training.Volumes;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.DistanceFields;

/// <summary>
/// Learning how far the surface is from any point, from a grid of a few points of the surface; judged by the Chamfer distance between the
/// surface that the field describes and the true one, which is to be small (thesis 3.3.3, Table 3.5; Chibane, Mir, Pons-Moll 2020).
/// </summary>
public sealed class DistanceField : LearningProblem
{
    /// <summary>Half the sum of both mean squared distances, mean over shapes; lengths are those of a cube of side 1.</summary>
    public static readonly Metric Chamfer = new("Chamfer distance", MetricGoal.Minimize, IsFraction: false);

    private readonly Lazy<DataSplits<FieldShapes>> data;
    private readonly Lazy<string> contentHash;
    private readonly Blueprint encoder;
    private readonly int hidden;
    private readonly DistanceFieldOptions options;

    /// <param name="load">Reads or generates the shapes.</param>
    /// <param name="encoder">A network with features, for grids of the shapes' resolution.</param>
    /// <param name="hidden">Outputs of the decoder's first hidden layer.</param>
    /// <param name="options">How it is trained and measured.</param>
    public DistanceField(Func<DataSplits<FieldShapes>> load, Blueprint encoder, int hidden, DistanceFieldOptions options)
    {
        (data, this.encoder, this.hidden, this.options) = (new(load), encoder, hidden, options);
        contentHash = new(() => ProblemHash.Of(
        [
            "distance-field/1",
            .. Enum.GetValues<Split>().Select(split => Data[split].ContentHash),
            string.Create(CultureInfo.InvariantCulture, $"{Data.FineTuneCount} {options.QueriesPerStep} {options.Clamp} {options.FirstPoints} {options.CloudPoints} {options.ProjectionSteps} {options.Tolerance}"),
        ]));
    }

    public override Metric Metric => Chamfer;

    public DataSplits<FieldShapes> Data => data.Value;

    public override int TrainCount => Data.Train.Count;

    public override int FineTuneCount => Data.FineTuneCount;

    public override string ContentHash => contentHash.Value;

    public override IReadOnlyList<QuantizedLayer> Layers => LayersOf(encoder);

    /// <summary>The layers of an encoder by the names that they have within the whole network.</summary>
    public static IReadOnlyList<QuantizedLayer> LayersOf(Blueprint encoder) =>
        [.. QuantizedLayer.AllOf(encoder).Select(layer => layer with { Name = $"encoder.{layer.Name}" })];

    public override TrainableNetwork CreateNetwork(SeriesScheme? series = null) => new DistanceFieldNetwork(encoder, hidden, series);

    public override LearningSession Open(TrainableNetwork network, Device device) => new Session((DistanceFieldNetwork)network, this, device);

    private sealed class Session(DistanceFieldNetwork network, DistanceField problem, Device device) : LearningSession(network)
    {
        // Keys the points that a measurement starts from; not a seed of anybody's training.
        private const long MeasurementKey = 7_070;
        private const int CalibrationShapes = 1000;
        private const int MeasuredTogether = 8;
        private const int MeasuredQueries = 512;

        private readonly DataSplits<FieldShapes> data = problem.Data;
        private readonly DistanceFieldOptions options = problem.options;
        private readonly ByteBatches grids = new(ByteBatches.Unchanged(1), device);

        public override IEnumerable<Func<Tensor>> Steps(int count, TrainingRecipe recipe, long seed, int epoch)
        {
            foreach (var (shapes, random) in EpochBatches.Shuffled(count, recipe.BatchSize, seed, epoch))
            {
                yield return () =>
                {
                    var (points, distances) = Drawn(shapes, random);
                    return Error(network.Distance(network.Encode(grids.Input(data.Train.Grids, shapes)), points), distances);
                };
            }
        }

        public override double Measure(Split split) =>
            Enumerable.Range(0, data[split].Count).Average(shape => ChamferOf(CloudOf(split, shape), data[split].Surfaces[shape]));

        public override IReadOnlyList<(string Name, double Value)> MeasureAll(Split split) =>
            [(problem.Metric.Name, Measure(split)), ("distance error", MeanError(split))];

        /// <summary>The Chamfer distance of one cloud for all: points of the training surfaces, evenly from each.</summary>
        public override double Trivial(Split split)
        {
            var random = new KeyedRandom(MeasurementKey);
            var cloud = new Vector3[options.CloudPoints];
            for (var k = 0; k < cloud.Length; k++)
            {
                var surface = Points(data.Train.Surfaces[k % data.Train.Count]);
                cloud[k] = surface[random.NextInt(surface.Length)];
            }

            return data[split].Surfaces.Average(surface => ChamferOf(cloud, surface));
        }

        public override IEnumerable<Action> CalibrationPasses() =>
            EpochBatches.InOrder(Math.Min(data.Train.Count, CalibrationShapes), MeasuredTogether).Select(shapes => (Action)(() =>
            {
                using var scope = NewDisposeScope();
                network.Encode(grids.Input(data.Train.Grids, shapes));
            }));

        private static double ChamferOf(Vector3[] cloud, float[] surface) => SurfaceMetrics.Compare(cloud, Points(surface)).ChamferL2;

        private static ReadOnlySpan<Vector3> Points(float[] coordinates) => MemoryMarshal.Cast<float, Vector3>(coordinates);

        private Vector3[] CloudOf(Split split, int shape)
        {
            using var scope = NewDisposeScope();
            IReadOnlyList<Tensor> scales;
            using (no_grad())
            {
                scales = network.Encode(grids.Input(data[split].Grids, [shape]));
            }

            return new SurfaceProjection(options).Cloud(points => network.Distance(scales, points, fixedWeights: true), unchecked((MeasurementKey * 1_000_003) + shape), device);
        }

        // The training's loss over each shape's first queries.
        private double MeanError(Split split)
        {
            using var recording = no_grad();
            var shapes = data[split];
            return Enumerable.Range(0, shapes.Count).Average(shape =>
            {
                using var scope = NewDisposeScope();
                var count = Math.Min(MeasuredQueries, shapes.Distances[shape].Length);
                var points = tensor(shapes.Queries[shape][..(3 * count)], [1, count, 3], device: device);
                var scales = network.Encode(grids.Input(shapes.Grids, [shape]));
                return (double)Error(network.Distance(scales, points), tensor(shapes.Distances[shape][..count], [1, count], device: device)).item<float>();
            });
        }

        // B x P x 3 points and B x P distances.
        private (Tensor Points, Tensor Distances) Drawn(int[] shapes, KeyedRandom random)
        {
            var count = options.QueriesPerStep;
            var (points, distances) = (new float[shapes.Length * count * 3], new float[shapes.Length * count]);
            for (var k = 0; k < distances.Length; k++)
            {
                var shape = shapes[k / count];
                var query = random.NextInt(data.Train.Distances[shape].Length);
                distances[k] = data.Train.Distances[shape][query];
                data.Train.Queries[shape].AsSpan(3 * query, 3).CopyTo(points.AsSpan(3 * k, 3));
            }

            return (tensor(points, [shapes.Length, count, 3], device: device), tensor(distances, [shapes.Length, count], device: device));
        }

        // Mean absolute difference of the clamped distances (Chibane et al. 2020, equation 2).
        private Tensor Error(Tensor predicted, Tensor truth) =>
            nn.functional.l1_loss(predicted.clamp(max: options.Clamp), truth.clamp(max: options.Clamp));
    }
}
