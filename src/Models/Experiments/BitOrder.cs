using Bitcurve.Models.Data;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Training;
using Bitcurve.Models.Weights;
using Bitcurve.Models.Workloads;

namespace Bitcurve.Models.Experiments;

/// <summary>
/// Whether many bits belong to the first layers or to the last: falling against rising bit-widths of equal memory, fine-tuned alike. The thesis
/// finds falling better for images and rising better for distance fields (3.2; 3.3.3, Table 3.5).
/// </summary>
public sealed class BitOrder : Experiment
{
    // Low enough that an order can matter.
    private const double BitsPerWeight = 2.5;

    // 2D, clips, voxels, columns, distances: the order of the thesis.
    private static readonly string[] Networks = ["vgg8", "r3d-18", "voxnet", "3dmv", "ndf"];

    public override string Name => "bit-order";

    public override string Source => "thesis 3.2 and 3.3, Tables 3.2 to 3.5";

    public override string Summary => "do falling or rising bit-widths of equal memory cost less, in 2D, in 3D and for distance fields";

    public override IReadOnlyList<string> Columns => ["bits per weight", "metric, not fine-tuned", "metric, fine-tuned", "worse than FP32 by ↓"];

    public override IReadOnlyList<ExperimentRow> Rows(WorkloadScale scale) => [.. Networks.SelectMany(network => RowsOf(network, scale))];

    private static IEnumerable<ExperimentRow> RowsOf(string network, WorkloadScale scale)
    {
        // Networks of images have one size.
        var family = SystemCatalogue.Find(network);
        var own = family.Scales.Contains(scale) ? scale : WorkloadScale.Full;
        var layers = family.Layers(own);
        var (falling, rising) = LinearBits.OfEqualMemory(layers, BitsPerWeight);
        var content = new Lazy<WorkloadContent>(() => family.Open(own, new WorkloadDataChoice(family.Data[0].Name)));
        yield return new($"{network}, FP32", stages => Baseline(stages, network, content.Value));
        yield return new($"{network}, falling {falling}", stages => Quantized(stages, network, content.Value, falling));
        yield return new($"{network}, rising {rising}", stages => Quantized(stages, network, content.Value, rising));
    }

    private static IReadOnlyList<double?> Baseline(ExperimentStages stages, string network, WorkloadContent content)
    {
        using var run = stages.Train(network, content.Problem, content.Baseline);
        return [32, null, run.Evaluate(Split.Test), null];
    }

    private static IReadOnlyList<double?> Quantized(ExperimentStages stages, string network, WorkloadContent content, LinearBits line)
    {
        using var weights = new MemoryStream();
        double reference;
        using (var trained = stages.Train(network, content.Problem, content.Baseline))
        {
            reference = trained.Evaluate(Split.Test);
            trained.Save(weights);
        }

        var layers = content.Problem.Layers;
        weights.Position = 0;
        using var file = SafetensorsFile.Open(weights);
        using var run = TrainingRun.FineTuning(content.Problem, content.FineTuning, line.Over(layers), QuantizerOptions.Default, stages.Seed, stages.Device);
        run.LoadWeights(file, network);
        var before = run.EvaluateRecalibrated(Split.Test);
        var epochs = stages.Epochs ?? content.FineTuning.Epochs;
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            stages.Say(FormattableString.Invariant($"{network}, {line}: fine-tuning epoch {epoch + 1} of {epochs}, loss {run.TrainEpoch(null, stages.Cancellation):0.####}"));
        }

        var after = run.Evaluate(Split.Test);
        var worse = content.Problem.Metric.Goal == MetricGoal.Maximize ? reference - after : after - reference;
        return [line.PerWeight(layers), before, after, worse];
    }
}
