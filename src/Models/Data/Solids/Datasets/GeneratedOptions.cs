namespace Bitcurve.Models.Data.Solids;

/// <summary>How many samples a procedural data set has; equal options give equal samples.</summary>
public abstract record GeneratedOptions
{
    /// <summary>Keys every random stream. Default 0.</summary>
    public long Seed { get; init; }

    public int TrainCount { get; init; } = 1000;

    public int ValidationCount { get; init; } = 200;

    public int TestCount { get; init; } = 400;

    /// <summary>Threads that generate at the same time; -1 (the default) = one per core. The samples do not depend on it.</summary>
    public int MaximumThreads { get; init; } = -1;

    /// <summary>Samples of one split.</summary>
    public int Count(Split split) => split switch
    {
        Split.Train => TrainCount,
        Split.Validation => ValidationCount,
        Split.Test => TestCount,
        _ => throw new ArgumentOutOfRangeException(nameof(split), $"Expected Train, Validation or Test, actual {split}."),
    };

    /// <exception cref="ArgumentException">A count or a size is below 1, the number of threads is neither -1 nor positive, or a value is out of range.</exception>
    internal virtual void Validate()
    {
        RequirePositive((TrainCount, nameof(TrainCount)), (ValidationCount, nameof(ValidationCount)), (TestCount, nameof(TestCount)));
        if (MaximumThreads is 0 or < -1)
        {
            throw new ArgumentException($"Expected {nameof(MaximumThreads)} of at least 1, or -1 for all cores, actual {MaximumThreads}.");
        }
    }

    private protected static void RequirePositive(params ReadOnlySpan<(int Value, string Name)> values)
    {
        foreach ((int value, string name) in values)
        {
            if (value < 1)
            {
                throw new ArgumentException($"Expected {name} of at least 1, actual {value}.");
            }
        }
    }
}
