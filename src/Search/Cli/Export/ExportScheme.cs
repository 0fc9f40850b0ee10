using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Cli.Export;

/// <summary>One trained network of a search.</summary>
/// <param name="Name">For the file, e.g. <c>trial3-65443221</c>.</param>
/// <param name="Levels">As the search's space gives them, mostly bit-widths; empty for FP32.</param>
/// <param name="Text">The levels as people read them.</param>
/// <param name="Epochs">Of fine-tuning in the checkpoint; 0 is the baseline's.</param>
/// <param name="Accuracy">As measured on the validation split.</param>
/// <param name="Checkpoint">Content hash of the weights.</param>
internal sealed record ExportScheme(string Name, BitVector Levels, string Text, int Epochs, double Accuracy, string Checkpoint)
{
    private const string Baseline = "fp32";
    private const string ChosenName = "chosen";

    /// <param name="text"><c>chosen</c>, <c>fp32</c>, the number of a trial, or bits; digits that are both are a trial's number.</param>
    /// <param name="state">The search.</param>
    /// <exception cref="ArgumentException">No such network was trained, or its weights were not kept; the message lists those there are.</exception>
    internal static ExportScheme Parse(string text, SearchState state)
    {
        if (text == Baseline)
        {
            return state.Baseline is { } baseline
                ? new(Baseline, default, "FP32", 0, baseline.Accuracy, baseline.Checkpoint)
                : throw new ArgumentException("--scheme fp32: expected a trained baseline, actual none yet");
        }

        var trial = text == ChosenName ? Chosen(state) : Find(text, state);
        var measured = trial.CheckpointUpTo(int.MaxValue)
            ?? throw new ArgumentException($"--scheme {text}: expected a network whose weights were stored ({Measured(state)}), actual trial {trial.Id} ({trial.Bits}) with none");
        var levels = LevelText.Of(state.Definition.Space.Subject, trial.Bits);
        return new($"trial{trial.Id}-{levels.Replace('/', '-')}", trial.Bits, levels, measured.Epochs, measured.Accuracy, measured.Checkpoint!);
    }

    private static Trial Chosen(SearchState state) => state.ChosenConfiguration() is { } best
        ? state.TrialOf(best.Bits)!
        : throw new ArgumentException("--scheme chosen: expected at least one measured network, actual none yet");

    private static Trial Find(string text, SearchState state)
    {
        if (int.TryParse(text, out var id) && state.Trials.FirstOrDefault(trial => trial.Id == id) is { } numbered)
        {
            return numbered;
        }

        var (levels, entries) = (ParseLevels(text, state), state.Definition.Space.Entries);
        return levels.Count == entries
            ? state.TrialOf(levels) ?? throw new ArgumentException($"--scheme {text}: expected a measured network ({Measured(state)}), actual one that was not tried")
            : throw new ArgumentException($"--scheme {text}: expected a trial or {entries} levels, one for each layer that the search of {state.Definition.Workload.Name} chooses for, actual {levels.Count} and no trial of that number; measured are {Measured(state)}");
    }

    private static BitVector ParseLevels(string text, SearchState state)
    {
        try
        {
            return BitVector.Parse(text);
        }
        catch (ArgumentException)
        {
            throw new ArgumentException($"--scheme: expected chosen, fp32, a trial or its bits ({Measured(state)}), actual '{text}'");
        }
    }

    // The best first, and not pages of them.
    private static string Measured(SearchState state)
    {
        const int most = 12;
        var stored = state.Trials.Where(trial => trial.CheckpointUpTo(int.MaxValue) is not null)
            .OrderByDescending(trial => trial.MeasuredEpochs).ThenByDescending(trial => trial.Measurements[^1].Accuracy).ToList();
        var listed = string.Join(", ", stored.Take(most).Select(trial => $"{trial.Id} {LevelText.Of(state.Definition.Space.Subject, trial.Bits)}"));
        return stored.Count == 0 ? "none yet" : stored.Count > most ? $"{listed} and {stored.Count - most} more" : listed;
    }
}
