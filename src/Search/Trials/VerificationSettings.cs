namespace Bitcurve.Search.Trials;

/// <summary>Why a configuration is verified on the test split.</summary>
public enum VerificationGroup
{
    /// <summary>The unquantised baseline.</summary>
    Fp32,

    /// <summary>The configuration that the search recommends.</summary>
    Chosen,

    /// <summary>Another member of the measured front of accuracy against memory.</summary>
    Front,

    /// <summary>The chosen levels in opposite order of layers: does the order matter, or only the sum?</summary>
    Reversed,

    /// <summary>The same level in every layer: the reference line of the thesis's Figure 5.</summary>
    Uniform,
}

/// <summary>What is measured on the test split after the search.</summary>
public sealed record VerificationSettings
{
    /// <summary>Fine-tuning seeds of the chosen configuration.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>Fine-tuning seeds of each reversed and uniform configuration.</summary>
    public int BaselineRepeats { get; init; } = 1;

    /// <summary>Front members besides the chosen one, spread along the front.</summary>
    public int MaximumFrontVerified { get; init; } = 6;

    /// <summary>Groups to verify; an empty list ends the search without verification.</summary>
    public IReadOnlyList<VerificationGroup> Groups { get; init; } =
    [
        VerificationGroup.Fp32, VerificationGroup.Chosen, VerificationGroup.Front, VerificationGroup.Reversed, VerificationGroup.Uniform,
    ];

    /// <summary>Epochs of fine-tuning before the test; null for the target task.</summary>
    public int? Epochs { get; init; }

    /// <exception cref="ArgumentException">A count is negative.</exception>
    public void Validate()
    {
        RequireCount("Repeats", Repeats);
        RequireCount("Baseline repeats", BaselineRepeats);
        RequireCount("Maximum front verified", MaximumFrontVerified);
        RequireCount("Verification epochs", Epochs ?? 0);
    }

    private static void RequireCount(string name, int count)
    {
        if (count < 0)
        {
            throw new ArgumentException($"{name}: expected 0 or more, actual {count}.");
        }
    }
}
