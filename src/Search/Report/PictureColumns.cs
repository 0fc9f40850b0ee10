namespace Bitcurve.Search.Report;

/// <summary>Trials as columns of one length, in ascending order of ids.</summary>
public sealed record PictureTrials
{
    // Curve parameters only place a point in a chart.
    private const int ParameterDigits = 3;

    public required IReadOnlyList<int> Id { get; init; }

    public required IReadOnlyList<string> Bits { get; init; }

    /// <summary>Curve parameters, d values each.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> W { get; init; }

    public required IReadOnlyList<long> MemoryBytes { get; init; }

    public required IReadOnlyList<long> BitOperations { get; init; }

    /// <summary>Effective accuracy of the highest fidelity measured.</summary>
    public required IReadOnlyList<double?> Effective { get; init; }

    /// <summary>One entry for each task of the search, null where it was not measured.</summary>
    public required IReadOnlyList<IReadOnlyList<double?>> Accuracy { get; init; }

    /// <summary>Why it will not be tried again.</summary>
    public required IReadOnlyList<string?> SetAside { get; init; }

    /// <summary>Failed tries.</summary>
    public required IReadOnlyList<int> Failures { get; init; }

    /// <summary>Whether a job of it is queued or running.</summary>
    public required IReadOnlyList<bool> Pending { get; init; }

    /// <summary>The model's estimate at the target; null without one.</summary>
    public required IReadOnlyList<double?> Mean { get; init; }

    /// <summary>Its standard deviation.</summary>
    public required IReadOnlyList<double?> Deviation { get; init; }

    /// <summary>Nothing pends: a report does not know what is in flight.</summary>
    internal static PictureTrials Of(SearchReport report)
    {
        IReadOnlyList<ReportedTrial> trials = report.Trials;
        return new PictureTrials
        {
            Id = [.. trials.Select(trial => trial.Id)],
            Bits = [.. trials.Select(trial => report.TextOf(trial.Bits))],
            W = [.. trials.Select(trial => (double[])[.. trial.W.Select(w => PictureNumbers.Rounded(w, ParameterDigits))])],
            MemoryBytes = [.. trials.Select(trial => trial.MemoryBytes)],
            BitOperations = [.. trials.Select(trial => trial.BitOperations)],
            Effective = [.. trials.Select(trial => PictureNumbers.Rounded(trial.EffectiveAccuracy))],
            Accuracy = [.. trials.Select(trial => Accuracies(trial, report.Tasks))],
            SetAside = [.. trials.Select(trial => trial.SetAside)],
            Failures = [.. trials.Select(trial => trial.Failures.Count)],
            Pending = [.. trials.Select(_ => false)],
            Mean = [.. trials.Select(trial => PictureNumbers.Rounded(trial.Estimate?.Mean))],
            Deviation = [.. trials.Select(trial => PictureNumbers.Rounded(trial.Estimate?.Deviation))],
        };
    }

    /// <summary>Only some rows.</summary>
    /// <param name="rows">Indices into the columns, ascending.</param>
    internal PictureTrials At(IReadOnlyList<int> rows) => new()
    {
        Id = Of(Id, rows),
        Bits = Of(Bits, rows),
        W = Of(W, rows),
        MemoryBytes = Of(MemoryBytes, rows),
        BitOperations = Of(BitOperations, rows),
        Effective = Of(Effective, rows),
        Accuracy = Of(Accuracy, rows),
        SetAside = Of(SetAside, rows),
        Failures = Of(Failures, rows),
        Pending = Of(Pending, rows),
        Mean = Of(Mean, rows),
        Deviation = Of(Deviation, rows),
    };

    private static double?[] Accuracies(ReportedTrial trial, IReadOnlyList<int> tasks)
    {
        var accuracies = new double?[tasks.Count];
        foreach (ReportedMeasurement measurement in trial.Measurements)
        {
            for (int task = 0; task < tasks.Count; task++)
            {
                accuracies[task] = tasks[task] == measurement.Epochs ? measurement.Accuracy : accuracies[task];
            }
        }

        return accuracies;
    }

    private static T[] Of<T>(IReadOnlyList<T> column, IReadOnlyList<int> rows) => [.. rows.Select(row => column[row])];
}

/// <summary>Decisions as columns of one length, in ascending order of ids: information in nats, costs in epochs, regret as a fraction.</summary>
public sealed record PictureDecisions
{
    // A bar or a point on a line; the list of decisions has all digits.
    private const int Digits = 4;

    public required IReadOnlyList<int> Id { get; init; }

    public required IReadOnlyList<int> TrialId { get; init; }

    public required IReadOnlyList<string> Bits { get; init; }

    public required IReadOnlyList<int> Epochs { get; init; }

    public required IReadOnlyList<double> GainNats { get; init; }

    public required IReadOnlyList<double> CostEpochs { get; init; }

    public required IReadOnlyList<double> Score { get; init; }

    /// <summary>Effective accuracy that the model expected to lose by stopping there; null without a model.</summary>
    public required IReadOnlyList<double?> Regret { get; init; }

    /// <summary>The model's estimate of the target accuracy at the point; null without a model.</summary>
    public required IReadOnlyList<double?> Mean { get; init; }

    public required IReadOnlyList<double?> Deviation { get; init; }

    /// <summary>All decisions of a report.</summary>
    internal static PictureDecisions Of(SearchReport report)
    {
        IReadOnlyList<ReportedDecision> decisions = report.Decisions;
        return new PictureDecisions
        {
            Id = [.. decisions.Select(decision => decision.Id)],
            TrialId = [.. decisions.Select(decision => decision.Trial)],
            Bits = [.. decisions.Select(decision => report.TextOf(decision.Bits))],
            Epochs = [.. decisions.Select(decision => decision.Epochs)],
            GainNats = [.. decisions.Select(decision => PictureNumbers.Rounded(decision.GainNats, Digits))],
            CostEpochs = [.. decisions.Select(decision => PictureNumbers.Rounded(decision.CostEpochs, Digits))],
            Score = [.. decisions.Select(decision => PictureNumbers.Rounded(decision.Score, Digits))],
            Regret = [.. decisions.Select(decision => PictureNumbers.Rounded(decision.ExpectedRegret, Digits))],
            Mean = [.. decisions.Select(decision => PictureNumbers.Rounded(decision.PosteriorMean, Digits))],
            Deviation = [.. decisions.Select(decision => PictureNumbers.Rounded(decision.PosteriorDeviation, Digits))],
        };
    }

    /// <summary>Without the first few.</summary>
    internal PictureDecisions After(int count) => new()
    {
        Id = [.. Id.Skip(count)],
        TrialId = [.. TrialId.Skip(count)],
        Bits = [.. Bits.Skip(count)],
        Epochs = [.. Epochs.Skip(count)],
        GainNats = [.. GainNats.Skip(count)],
        CostEpochs = [.. CostEpochs.Skip(count)],
        Score = [.. Score.Skip(count)],
        Regret = [.. Regret.Skip(count)],
        Mean = [.. Mean.Skip(count)],
        Deviation = [.. Deviation.Skip(count)],
    };
}
