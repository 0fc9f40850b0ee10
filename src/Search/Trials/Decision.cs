using Bitcurve.Search.Space;

namespace Bitcurve.Search.Trials;

/// <summary>An alternative that scored lower: information in nats, marginal cost in epochs, score usually their ratio.</summary>
public sealed record RunnerUp(BitVector Bits, int Epochs, double GainNats, double CostEpochs, double Score);

/// <summary>
/// The stored answer to "why this one?". Decisions of a search count from 1. The cost is what the strategy expected; the job carries what
/// was charged. Gain is 0 where the strategy does not pick by information; what the score is, the reason says. Mean and standard deviation
/// are the model's estimate of the target metric at the point, expected regret what stopping before this job would lose (effective accuracy, in
/// units of <see cref="Choosing.MetricScale"/>: a fraction):
/// null where there is no model. Device and expected seconds: for which kind of device it was chosen, where that counts.
/// </summary>
public sealed record Decision(
    int Id,
    int JobId,
    int TrialId,
    BitVector Bits,
    int Epochs,
    double GainNats,
    double CostEpochs,
    double Score,
    IReadOnlyList<RunnerUp> RunnersUp,
    double? PosteriorMean,
    double? PosteriorDeviation,
    string Reason,
    double? ExpectedRegret = null,
    string? DeviceKind = null,
    double? ExpectedSeconds = null);
