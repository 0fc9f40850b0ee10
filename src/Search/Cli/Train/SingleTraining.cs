using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bitcurve.Models.Data;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Training;
using Bitcurve.Models.Weights;
using Bitcurve.Models.Workloads;
using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Space;
using static TorchSharp.torch;

namespace Bitcurve.Search.Cli.Train;

/// <summary>
/// One training in its folder: <c>checkpoint.safetensors</c> after every epoch (so that it can be interrupted), <c>log.csv</c>,
/// <c>weights.safetensors</c>, pictures and <c>report.html</c> at the end.
/// </summary>
/// <param name="workload">What to train.</param>
/// <param name="folder">Created when something is written.</param>
/// <param name="seed">Decides weights and the order of samples.</param>
/// <param name="device">Where to compute.</param>
/// <param name="say">Takes lines of progress.</param>
internal sealed class SingleTraining(Workload workload, string folder, long seed, Device device, Action<string> say)
{
    internal static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string IdentityKey = "training";
    private const int CurvePoints = 10;

    private readonly TrainingLog log = new(Path.Combine(folder, "log.csv"));

    private string CheckpointFile => Path.Combine(folder, "checkpoint.safetensors");

    /// <summary>Trains what is left to train, then measures.</summary>
    /// <param name="bits">To quantise with and fine-tune afterwards; null for FP32 alone.</param>
    /// <param name="cancellation">Checked between steps.</param>
    /// <exception cref="DataFormatException">The folder holds another training.</exception>
    /// <exception cref="SearchFolderInUseException">Another process trains in the folder.</exception>
    /// <exception cref="OperationCanceledException">Interrupted; what was trained is stored.</exception>
    internal TrainingResult Run(string? bits, CancellationToken cancellation)
    {
        int[]? widths = bits is null ? null : WidthsOf(bits);
        using var ownership = FolderLock.Take(folder, "train");
        using var scope = NewDisposeScope();
        using var run = TrainingRun.FromScratch(workload.Problem, workload.Baseline, seed, device);
        var metric = workload.Problem.Metric;
        if (!Resume(run))
        {
            log.Begin(metric.Name, run.Evaluate(Split.Validation));
        }

        say($"{workload.Name}: {Parameters(run)} parameters, {workload.Problem.TrainCount} samples, {workload.Baseline.Epochs} epochs; {metric.Name} at the start {Text(log.Start)}, without looking {Text(run.Session.Trivial(Split.Validation))}");
        Train(run, cancellation);
        var result = Measure(run, widths, cancellation);
        TrainingReport.Write(folder, workload, result, log, run.Pictures());
        return result;
    }

    private TrainingResult Measure(TrainingRun run, int[]? widths, CancellationToken cancellation)
    {
        var weights = Path.Combine(folder, "weights.safetensors");
        Write(weights, stream => Checkpoint.Save(stream, run.Network, null, run.Epochs, new Dictionary<string, string> { ["network"] = workload.Network, ["workload"] = workload.Name }));
        var (validation, test) = (run.EvaluateAll(Split.Validation), run.EvaluateAll(Split.Test));
        return new()
        {
            Workload = workload.Name,
            Seed = seed,
            Epochs = run.Epochs,
            Metric = workload.Problem.Metric.Name,
            Goal = workload.Problem.Metric.Goal == MetricGoal.Minimize ? "minimize" : "maximize",
            Start = log.Start,
            Value = validation[0].Value,
            Trivial = run.Session.Trivial(Split.Validation),
            Validation = Named(validation),
            Test = Named(test),
            TestTrivial = run.Session.Trivial(Split.Test),
            Parameters = Parameters(run),
            SecondsPerEpoch = log.SecondsPerEpoch,
            Weights = weights,
            Quantized = widths is null ? null : FineTune(run, widths, cancellation),
        };
    }

    private void Train(TrainingRun run, CancellationToken cancellation)
    {
        var every = Math.Max(1, workload.Baseline.Epochs / CurvePoints);
        while (run.Epochs < workload.Baseline.Epochs)
        {
            var started = TimeProvider.System.GetTimestamp();
            var loss = run.TrainEpoch(null, cancellation);
            var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            double? value = run.Epochs % every == 0 || run.Epochs == workload.Baseline.Epochs ? run.Evaluate(Split.Validation) : null;
            Write(CheckpointFile, stream => run.Save(stream, new Dictionary<string, string> { [IdentityKey] = Identity }));
            log.Add(run.Epochs, loss, value, seconds);
            say(string.Create(CultureInfo.InvariantCulture, $"epoch {run.Epochs} of {workload.Baseline.Epochs}: loss {loss:0.####}{(value is { } known ? $", {workload.Problem.Metric.Name} {Text(known)}" : "")}, {seconds:0.0} s"));
        }
    }

    private QuantizedTraining FineTune(TrainingRun trained, int[] widths, CancellationToken cancellation)
    {
        using var memory = new MemoryStream();
        Checkpoint.Save(memory, trained.Network, null, 0);
        memory.Position = 0;
        using var tuned = TrainingRun.FineTuning(workload.Problem, workload.FineTuning, widths, QuantizerOptions.Default, seed, device);
        using (var file = SafetensorsFile.Open(memory, "weights"))
        {
            tuned.LoadWeights(file, "weights");
        }

        var before = tuned.Evaluate(Split.Validation);
        while (tuned.Epochs < workload.FineTuning.Epochs)
        {
            var loss = tuned.TrainEpoch(null, cancellation);
            say(string.Create(CultureInfo.InvariantCulture, $"{string.Concat(widths)}: epoch {tuned.Epochs} of {workload.FineTuning.Epochs}: loss {loss:0.####}"));
        }

        return new(string.Concat(widths), tuned.Epochs, before, Named(tuned.EvaluateAll(Split.Validation)), Named(tuned.EvaluateAll(Split.Test)));
    }

    private int[] WidthsOf(string text)
    {
        workload.RequireQuantizable();
        var bits = BitVector.Parse(text).ToArray();
        var own = workload.Layers.Where(layer => layer.SharesWith is null).ToList();
        if (bits.Length != 1 && bits.Length != own.Count)
        {
            throw new ArgumentException($"--bits: expected {own.Count} digits, one for each layer of {workload.Network}, or 1 for all, actual {bits.Length}");
        }

        return [.. workload.Layers.Select(layer => bits.Length == 1 ? bits[0] : bits[own.FindIndex(first => first.Name == (layer.SharesWith ?? layer.Name))])];
    }

    // A folder belongs to one training: another workload, seed or length is a mistake rather than a wish to start anew.
    private string Identity => $"{workload.Name}, seed {seed}, {workload.Baseline.Epochs} epochs, content {workload.ContentHash[..12]}";

    private bool Resume(TrainingRun run)
    {
        if (!File.Exists(CheckpointFile))
        {
            return false;
        }

        using var file = SafetensorsFile.Open(CheckpointFile);
        var stored = file.Metadata.GetValueOrDefault(IdentityKey) ?? "another kind of checkpoint";
        if (stored != Identity)
        {
            throw new DataFormatException(CheckpointFile, "checkpoint", null, Identity, stored);
        }

        run.Resume(file, CheckpointFile);
        log.Load(run.Epochs);
        say($"goes on after epoch {run.Epochs}");
        return true;
    }

    private static void Write(string path, Action<Stream> write)
    {
        using (var stream = File.Create($"{path}.partial"))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move($"{path}.partial", path, overwrite: true);
    }

    private static long Parameters(TrainingRun run) => run.Network.named_parameters().Sum(parameter => parameter.parameter.numel());

    private string Text(double value) => MetricText.Of(workload.Problem.Metric, value);

    private static Dictionary<string, double> Named(IReadOnlyList<(string Name, double Value)> figures) => figures.ToDictionary(figure => figure.Name, figure => figure.Value);
}
