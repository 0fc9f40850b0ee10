namespace Bitcurve.Models.Data;

/// <summary>Which shapes to draw and how many; equal options give equal bytes.</summary>
public sealed record Shapes32Options
{
    /// <summary>Keys every random stream. Default 0.</summary>
    public long Seed { get; init; }

    public int TrainCount { get; init; } = 6000;

    public int ValidationCount { get; init; } = 1000;

    public int TestCount { get; init; } = 2000;

    /// <summary>How many of the first training images fine-tuning uses; default 4000, or all where there are fewer.</summary>
    public int FineTuneCount { get; init; } = 4000;

    public Shapes32Difficulty Difficulty { get; init; } = Shapes32Difficulty.Version2;

    /// <summary>Threads that draw at the same time; -1 (the default) = one per core. The images do not depend on it.</summary>
    public int MaximumThreads { get; init; } = -1;

    /// <summary>Images of one split.</summary>
    public int Count(Split split) => split switch
    {
        Split.Train => TrainCount,
        Split.Validation => ValidationCount,
        Split.Test => TestCount,
        _ => throw new ArgumentOutOfRangeException(nameof(split), $"Expected Train, Validation or Test, actual {split}."),
    };

    /// <exception cref="ArgumentException">A count is below 1, or the number of threads is neither -1 nor positive.</exception>
    internal void Validate()
    {
        RequirePositive(TrainCount, nameof(TrainCount));
        RequirePositive(ValidationCount, nameof(ValidationCount));
        RequirePositive(TestCount, nameof(TestCount));
        RequirePositive(FineTuneCount, nameof(FineTuneCount));
        if (MaximumThreads is 0 or < -1)
        {
            throw new ArgumentException($"Expected {nameof(MaximumThreads)} of at least 1, or -1 for all cores, actual {MaximumThreads}.");
        }
    }

    private static void RequirePositive(int count, string name)
    {
        if (count < 1)
        {
            throw new ArgumentException($"Expected {name} of at least 1, actual {count}.");
        }
    }
}
