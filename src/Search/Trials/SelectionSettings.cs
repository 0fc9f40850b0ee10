namespace Bitcurve.Search.Trials;

/// <summary>How the next job is picked, and in which units its cost counts.</summary>
public sealed record SelectionSettings
{
    public string Strategy { get; init; } = "information-gain";

    public string Kernel { get; init; } = "matern52";

    /// <summary>
    /// What the kernel sees: <c>w</c> (the thesis), <c>curve</c> (the curve's values at the layers) or <c>curve-noise</c> (these and the
    /// quantisation steps).
    /// </summary>
    public string KernelInput { get; init; } = "curve-noise";

    /// <summary>
    /// Mean function: <c>bits</c> (linear in the mean quantisation step and the mean bit-width, coefficients marginalised),
    /// <c>bits-depth</c> (also in where along the depth they lie) or <c>none</c> (a constant, the thesis).
    /// </summary>
    public string Mean { get; init; } = "bits";

    /// <summary>Whether every network may deviate from the smooth surface on its own, in all its tasks together.</summary>
    public bool Nugget { get; init; } = true;

    /// <summary>
    /// What information is about: <c>front</c> (the networks that may lie on the front of accuracy against memory), <c>function</c> (the
    /// target accuracy of every network, the thesis) or <c>maximum</c> (the best effective accuracy).
    /// </summary>
    public string About { get; init; } = "front";

    /// <summary>Scale that the model sees accuracies on: <c>log-loss</c> or <c>none</c> (the thesis).</summary>
    public string Transform { get; init; } = "log-loss";

    /// <summary>Whether intervals are widened by what predicting every network from the others shows them to lack.</summary>
    public bool Calibrate { get; init; } = true;

    /// <summary>Whether low fidelities are left out while their correlations with the target explain too little.</summary>
    public bool GateLowFidelities { get; init; } = true;

    /// <summary>Whether the FP32 accuracy counts as a free observation of 8 bits everywhere.</summary>
    public bool AnchorBaseline { get; init; } = true;

    /// <summary>
    /// Whether the first job measures the smallest network, all layers at the fewest bits, one task below the target: without it a model
    /// may invent good networks in a corner that it has never seen.
    /// </summary>
    public bool AnchorLowest { get; init; }

    /// <summary>Fixed cost of a job, epochs: without it the cheapest task takes nearly every job.</summary>
    public double JobOverheadEpochs { get; init; } = 0.3;

    /// <summary>Cost of one evaluation, epochs.</summary>
    public double EvaluationCostEpochs { get; init; } = 0.1;

    /// <summary>
    /// Whether a decision weighs information against what the job costs on the kind of device that asks, as learned from the times that jobs
    /// took. Decisions then depend on clocks; without it, as in <c>bitcurve run</c>, they depend on results alone.
    /// </summary>
    public bool CostPerDevice { get; init; } = true;

    /// <summary>
    /// Last part of the budget, a fraction in [0,1], kept for training the networks that the model believes best to the target: a
    /// recommendation should have been measured.
    /// </summary>
    public double ClosingShare { get; init; } = 0.5;

    /// <summary>
    /// What the closing part trains: <c>believed</c> (best by the model's mean) or <c>optimistic</c> (in turn the best upper bound of the
    /// effective accuracy and the largest optimistic gain of the front).
    /// </summary>
    public string Closing { get; init; } = "optimistic";

    /// <summary>Low-fidelity jobs in a row before a target one must follow; 0 for no such rule.</summary>
    public int MaximumLowFidelityRun { get; init; } = 6;

    /// <summary>
    /// Expected regret, effective accuracy as a fraction (of what FP32 reaches where the metric is none), below which three decisions in a row end the search before its budget; null for
    /// never. Needs a model whose intervals are trustworthy: an overconfident one stops too early.
    /// </summary>
    public double? StopRegret { get; init; }

    /// <summary>The same strategy with the thesis's model (3.2): squared exponential on w, raw accuracy, constant means, no anchors, intervals as they come.</summary>
    public SelectionSettings WithThesisModel() => this with
    {
        Kernel = "se",
        KernelInput = "w",
        Mean = "none",
        Nugget = false,
        Calibrate = false,
        GateLowFidelities = false,
        Transform = "none",
        AnchorBaseline = false,
        AnchorLowest = false,
    };

    /// <summary>The bare criterion: no job overhead, no closing part of the budget, no limit on low-fidelity jobs in a row.</summary>
    public SelectionSettings WithoutRemedies() => this with { JobOverheadEpochs = 0, ClosingShare = 0, MaximumLowFidelityRun = 0 };

    /// <exception cref="ArgumentException">A cost is negative or not finite, a share no fraction, or a job could cost nothing.</exception>
    public void Validate()
    {
        RequireCost("Job overhead", JobOverheadEpochs);
        RequireCost("Evaluation cost", EvaluationCostEpochs);
        if (JobOverheadEpochs + EvaluationCostEpochs <= 0)
        {
            throw new ArgumentException("Job overhead and evaluation cost: expected more than 0 epochs together, actual 0: a job without training would cost nothing.");
        }

        if (!(ClosingShare is >= 0 and <= 1))
        {
            throw new ArgumentException($"Closing share: expected a fraction in [0,1], actual {ClosingShare}.");
        }

        if (StopRegret is double regret && !(regret > 0 && double.IsFinite(regret)))
        {
            throw new ArgumentException(FormattableString.Invariant($"Stop regret: expected more than 0 points of accuracy, actual {100 * regret}."));
        }

        if (MaximumLowFidelityRun < 0)
        {
            throw new ArgumentException($"Maximum low-fidelity run: expected 0 or more, actual {MaximumLowFidelityRun}.");
        }
    }

    private static void RequireCost(string name, double epochs)
    {
        if (!(epochs >= 0) || double.IsInfinity(epochs))
        {
            throw new ArgumentException($"{name}: expected 0 epochs or more, actual {epochs}.");
        }
    }
}
