namespace Bitcurve.Search.Bench.Quality;

/// <summary>How good one finished search was. Accuracies and regrets in accuracy points (percent), shares in percent.</summary>
public sealed record SearchQuality
{
    public required string Problem { get; init; }

    public required string Variant { get; init; }

    public required int Workers { get; init; }

    public required string Budget { get; init; }

    public required long Seed { get; init; }

    public required int Candidates { get; init; }

    /// <summary>Best true effective accuracy at k = 1000 less that of what the model recommends.</summary>
    public required double RegretRecommended1000 { get; init; }

    /// <summary>The same for the best network measured at the target.</summary>
    public required double RegretObserved1000 { get; init; }

    public required double RegretRecommended100 { get; init; }

    public required double RegretObserved100 { get; init; }

    /// <summary><see cref="FrontDeficit"/> of the model's front.</summary>
    public required double DeficitRecommended { get; init; }

    /// <summary><see cref="FrontDeficit"/> of the front measured at the target.</summary>
    public required double DeficitObserved { get; init; }

    /// <summary>Share of all networks whose true accuracy lies in the model's central 90 % interval.</summary>
    public required double CoverageAll { get; init; }

    /// <summary>The same among networks not measured at the target.</summary>
    public required double CoverageUnmeasured { get; init; }

    /// <summary>Share of the networks not measured at the target whose measurement there lies in the 90 % interval of a measurement.</summary>
    public required double CoverageMeasurement { get; init; }

    /// <summary>Root mean square of predicted less true accuracy over all networks.</summary>
    public required double PredictionError { get; init; }

    public required int Jobs { get; init; }

    /// <summary>Networks measured at the target.</summary>
    public required int TargetNetworks { get; init; }

    /// <summary>Charged epochs.</summary>
    public required double Epochs { get; init; }

    /// <summary>Simulated time, epochs.</summary>
    public required double WallEpochs { get; init; }

    /// <summary>Real seconds of one decision, mean; depends on the machine.</summary>
    public required double SecondsPerDecision { get; init; }

    /// <summary>What makes two searches the same one.</summary>
    public string Key() => KeyOf(Problem, Candidates, Variant, Workers, Budget, Seed);

    /// <inheritdoc cref="Key"/>
    /// <remarks>The number of candidates tells an unfinished table from the finished one.</remarks>
    public static string KeyOf(string problem, int candidates, string variant, int workers, string budget, long seed) =>
        string.Join('|', problem, candidates, variant, workers, budget, seed);
}
