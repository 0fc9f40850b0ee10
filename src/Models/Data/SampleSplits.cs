namespace Bitcurve.Models.Data;

/// <summary>A data set of samples in three splits; each is loaded or generated when first asked for and then kept. Thread-safe.</summary>
/// <typeparam name="TSample">What one sample holds.</typeparam>
public sealed class SampleSplits<TSample>
    where TSample : ISample
{
    private readonly Lazy<IReadOnlyList<TSample>>[] samples;
    private readonly Lazy<string>[] hashes;

    /// <param name="name">What reports call it, for example "solids".</param>
    /// <param name="classNames">The names of the samples' categories in the order of their numbers; empty where they have none.</param>
    /// <param name="load">Gives the samples of a split; asked once for each.</param>
    public SampleSplits(string name, IReadOnlyList<string> classNames, Func<Split, IReadOnlyList<TSample>> load)
    {
        (Name, ClassNames) = (name, classNames);
        Split[] splits = [Split.Train, Split.Validation, Split.Test];
        samples = [.. splits.Select(split => new Lazy<IReadOnlyList<TSample>>(() => load(split)))];
        hashes = [.. splits.Select(split => new Lazy<string>(() => Hash(this[split])))];
    }

    public string Name { get; }

    public IReadOnlyList<string> ClassNames { get; }

    public IReadOnlyList<TSample> Train => this[Split.Train];

    public IReadOnlyList<TSample> Validation => this[Split.Validation];

    public IReadOnlyList<TSample> Test => this[Split.Test];

    /// <summary>The samples of all splits: SHA-256 of their hashes, 64 lower-case hexadecimal digits.</summary>
    public string ContentHash
    {
        get
        {
            using var digest = new SampleDigest();
            foreach (Lazy<string> hash in hashes)
            {
                digest.Add<char>(hash.Value);
            }

            return digest.Finish();
        }
    }

    public IReadOnlyList<TSample> this[Split split] => samples[(int)split].Value;

    /// <summary>SHA-256 of the samples of one split: 64 lower-case hexadecimal digits.</summary>
    public string SplitHash(Split split) => hashes[(int)split].Value;

    private static string Hash(IReadOnlyList<TSample> samples)
    {
        using var digest = new SampleDigest();
        digest.Add(samples.Count);
        foreach (TSample sample in samples)
        {
            sample.AddTo(digest);
        }

        return digest.Finish();
    }
}
