namespace Bitcurve.Models.Data.Volumes;

/// <summary>The three parts of a data set.</summary>
/// <param name="Train">Learnt from.</param>
/// <param name="Validation">What a search measures on.</param>
/// <param name="Test">What only verification measures on.</param>
/// <param name="FineTuneCount">How many of the first training samples fine-tuning uses.</param>
public sealed record DataSplits<T>(T Train, T Validation, T Test, int FineTuneCount)
{
    public T this[Split split] => split switch
    {
        Split.Train => Train,
        Split.Validation => Validation,
        Split.Test => Test,
        _ => throw new ArgumentOutOfRangeException(nameof(split), $"expected Train, Validation or Test, actual {split}"),
    };

    /// <summary>The same splits of something made from each.</summary>
    public DataSplits<TOther> Select<TOther>(Func<T, TOther> make) => new(make(Train), make(Validation), make(Test), FineTuneCount);
}
