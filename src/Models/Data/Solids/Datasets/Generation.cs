using System.Collections.Concurrent;

namespace Bitcurve.Models.Data.Solids;

/// <summary>Makes samples in parallel, each from its own stream (seed, data set, split, index), and keeps them for the process.</summary>
internal static class Generation
{
    // Added to the key of the streams that order categories, so that they share nothing with the samples' streams.
    private const long OrderStream = -1;

    /// <summary>The data set of these options: generated when first asked for, then shared by all who ask.</summary>
    /// <param name="name">For reports.</param>
    /// <param name="stream">Different for every kind of data set.</param>
    /// <param name="classNames">Names of the categories.</param>
    /// <param name="options">Compared by value.</param>
    /// <param name="draw">A sample from its stream, its category and its options.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal static SampleSplits<TSample> Shared<TOptions, TSample>(
        string name, long stream, IReadOnlyList<string> classNames, TOptions options, Func<KeyedRandom, int, TOptions, TSample> draw)
        where TOptions : GeneratedOptions
        where TSample : ISample
    {
        options.Validate();
        return Kept<TOptions, TSample>.Splits.GetOrAdd(
            options,
            chosen => new SampleSplits<TSample>(name, classNames, split => Generate(stream, classNames.Count, split, chosen, draw)));
    }

    private static TSample[] Generate<TOptions, TSample>(
        long stream, int classCount, Split split, TOptions options, Func<KeyedRandom, int, TOptions, TSample> draw)
        where TOptions : GeneratedOptions
    {
        var samples = new TSample[options.Count(split)];
        var threads = new ParallelOptions { MaxDegreeOfParallelism = options.MaximumThreads };
        Parallel.For(0, samples.Length, threads, index =>
        {
            int category = Category(options.Seed, stream, split, index, classCount);
            samples[index] = draw(new KeyedRandom(options.Seed, stream, (long)split, index), category, options);
        });
        return samples;
    }

    /// <summary>Index mod classes, shuffled within each round of all classes: every prefix is balanced and no category depends on the split's size.</summary>
    private static int Category(long seed, long stream, Split split, int index, int classCount)
    {
        if (classCount == 0)
        {
            return 0;
        }

        int[] round = [.. Enumerable.Range(0, classCount)];
        new KeyedRandom(seed, stream, (long)split, OrderStream, index / classCount).Shuffle(round);
        return round[index % classCount];
    }

    private static class Kept<TOptions, TSample>
        where TOptions : GeneratedOptions
        where TSample : ISample
    {
        internal static ConcurrentDictionary<TOptions, SampleSplits<TSample>> Splits { get; } = new();
    }
}
