using System.Security.Cryptography;
using System.Text;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Training;
using Bitcurve.Models.Weights;
using Bitcurve.Models.Workloads;
using static TorchSharp.torch;

namespace Bitcurve.Models.Experiments;

/// <summary>
/// The trainings of one seed, kept in a folder: what was trained is loaded, what was interrupted continues from its last epoch. Rows that name
/// the same stage share it, also those of several experiments.
/// </summary>
public sealed class ExperimentStages
{
    private const string PlanKey = "plan";

    private readonly string folder;
    private readonly Action<string> say;
    private readonly CancellationToken cancellation;

    /// <param name="folder">Of this seed; created when something is stored.</param>
    /// <param name="seed">Decides weights, order of samples and whatever else is drawn.</param>
    /// <param name="scale">Size of networks and data.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="epochs">Length of every training instead of its recipe's; null for the recipes' own.</param>
    /// <param name="say">Takes lines of progress.</param>
    /// <param name="cancellation">Checked between steps.</param>
    public ExperimentStages(string folder, long seed, WorkloadScale scale, Device device, int? epochs, Action<string> say, CancellationToken cancellation) =>
        (this.folder, Seed, Scale, Device, Epochs, this.say, this.cancellation) = (folder, seed, scale, device, epochs, say, cancellation);

    public long Seed { get; }

    public WorkloadScale Scale { get; }

    public Device Device { get; }

    /// <summary>Length of every training; null for the recipes' own.</summary>
    public int? Epochs { get; }

    /// <summary>For whatever a row trains itself; checked between steps.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>Tells how far things are.</summary>
    public void Say(string line) => say(line);

    /// <summary>A finished training in FP32.</summary>
    /// <param name="stage">Its name within the experiment, part of a file's name.</param>
    /// <param name="problem">What to learn.</param>
    /// <param name="recipe">How.</param>
    /// <param name="startFrom">
    /// An earlier stage whose tensors are taken over where name and shape are the same; null to start from drawn weights everywhere.
    /// </param>
    /// <returns>The caller's to dispose.</returns>
    /// <exception cref="InvalidOperationException"><paramref name="startFrom"/> was not trained yet, or shares no tensor.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was trained so far is stored.</exception>
    public TrainingRun Train(string stage, LearningProblem problem, TrainingRecipe recipe, string? startFrom = null)
    {
        var planned = recipe with { Epochs = Epochs ?? recipe.Epochs };
        var plan = PlanOf(problem, planned, startFrom);
        var run = TrainingRun.FromScratch(problem, planned, Seed, Device);
        try
        {
            if (!TryResume(run, stage, plan) && startFrom is not null)
            {
                TakeOver(run, startFrom);
            }

            while (run.Epochs < planned.Epochs)
            {
                var loss = run.TrainEpoch(null, cancellation);
                Store(run, stage, plan);
                say(FormattableString.Invariant($"{stage}: epoch {run.Epochs} of {planned.Epochs}, loss {loss:0.####}"));
            }

            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    private string PathOf(string stage) => Path.Combine(folder, $"{stage}.safetensors");

    // A stage that was trained for something else is trained again rather than taken for this one.
    private bool TryResume(TrainingRun run, string stage, string plan)
    {
        if (!File.Exists(PathOf(stage)))
        {
            return false;
        }

        using var file = SafetensorsFile.Open(PathOf(stage));
        if (!file.Metadata.TryGetValue(PlanKey, out var stored) || stored != plan)
        {
            return false;
        }

        run.Resume(file, PathOf(stage));
        return true;
    }

    private void TakeOver(TrainingRun run, string stage)
    {
        if (!File.Exists(PathOf(stage)))
        {
            throw new InvalidOperationException($"stage {stage}: expected it to be trained before another one starts from it");
        }

        using var file = SafetensorsFile.Open(PathOf(stage));
        if (StateDictLoader.LoadMatching(file, run.Network).Count == 0)
        {
            throw new InvalidOperationException($"stage {stage}: expected tensors that {run.Network.GetName()} has too, actual none");
        }
    }

    private void Store(TrainingRun run, string stage, string plan)
    {
        Directory.CreateDirectory(folder);
        var temporary = $"{PathOf(stage)}.partial";
        using (var stream = File.Create(temporary))
        {
            run.Save(stream, new Dictionary<string, string> { [PlanKey] = plan });
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, PathOf(stage), overwrite: true);
    }

    // What a later stage starts from is part of what it is.
    private string PlanOf(LearningProblem problem, TrainingRecipe recipe, string? startFrom)
    {
        var text = new StringBuilder().AppendLine(problem.GetType().Name).AppendLine(problem.ContentHash).AppendLine(recipe.ToString()).AppendLine(startFrom);
        if (startFrom is not null && File.Exists(PathOf(startFrom)))
        {
            using var file = SafetensorsFile.Open(PathOf(startFrom));
            text.AppendLine(file.Metadata.GetValueOrDefault(PlanKey));
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
