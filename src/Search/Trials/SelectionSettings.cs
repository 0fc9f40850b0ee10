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
    public string KernelInput { get; init; } = "w";

    /// <summary>
    /// Mean function: <c>bits</c> (linear in the mean quantisation step and the mean bit-width, coefficients marginalised) or <c>none</c>
    /// (a constant, the thesis).
    /// </summary>
    public string Mean { get; init; } = "none";

    /// <summary>Whether every network may deviate from the smooth surface on its own, in all its tasks together.</summary>
    public bool Nugget { get; init; }

    /// <summary>
    /// What a measurement should tell about: <c>front</c> (the networks that may lie on the front of accuracy against memory) or
    /// <c>function</c> (the target accuracy of every network, the thesis).
    /// </summary>
    public string About { get; init; } = "front";

    /// <summary>Scale that the model sees accuracies on: <c>log-loss</c> or <c>none</c> (the thesis).</summary>
    public string Transform { get; init; } = "log-loss";

    /// <summary>Whether the FP32 accuracy counts as a free observation of 8 bits everywhere.</summary>
    public bool AnchorBaseline { get; init; } = true;

    /// <summary>Fixed cost of a job, epochs: without it the cheapest task takes nearly every job.</summary>
    public double JobOverheadEpochs { get; init; } = 0.3;

    /// <summary>Cost of one evaluation, epochs.</summary>
    public double EvaluationCostEpochs { get; init; } = 0.1;

    /// <summary>
    /// Last part of the budget, a fraction in [0,1], kept for training the networks that the model believes best to the target: a
    /// recommendation should have been measured.
    /// </summary>
    public double ClosingShare { get; init; } = 0.5;

    /// <summary>Low-fidelity jobs in a row before a target one must follow; 0 for no such rule.</summary>
    public int MaximumLowFidelityRun { get; init; } = 6;

    /// <exception cref="ArgumentException">A cost is negative or not finite.</exception>
    public void Validate()
    {
        RequireCost("Job overhead", JobOverheadEpochs);
        RequireCost("Evaluation cost", EvaluationCostEpochs);
        if (!(ClosingShare is >= 0 and <= 1))
        {
            throw new ArgumentException($"Closing share: expected a fraction in [0,1], actual {ClosingShare}.");
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
