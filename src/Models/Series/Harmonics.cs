using System.Globalization;

namespace Bitcurve.Models.Series;

/// <summary>The harmonics of one layer: one number for all kernel axes ("3"), or one for each, outermost axis first ("3x2"). Immutable.</summary>
public sealed class Harmonics : IEquatable<Harmonics>
{
    private const char AxisSeparator = 'x';

    private readonly int[] counts;

    /// <exception cref="ArgumentException">No count, or one below 1.</exception>
    public Harmonics(params int[] counts)
    {
        if (counts.Length == 0 || counts.Any(count => count < 1))
        {
            throw new ArgumentException($"harmonics: expected counts of at least 1, got '{string.Join(AxisSeparator, counts)}'", nameof(counts));
        }

        this.counts = [.. counts];
    }

    /// <summary>As written: a single entry stands for all axes.</summary>
    public IReadOnlyList<int> Counts => counts;

    /// <summary>Reads "3" or "3x2".</summary>
    /// <exception cref="ArgumentException">Anything else.</exception>
    public static Harmonics Parse(string text)
    {
        var counts = new List<int>();
        foreach (var part in text.Split(AxisSeparator, StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
            {
                throw new ArgumentException($"harmonics: expected counts of at least 1 such as 3 or 3x2, got '{text}'", nameof(text));
            }

            counts.Add(count);
        }

        return new Harmonics([.. counts]);
    }

    /// <summary>
    /// The harmonics along each axis of a kernel. A single number larger than a short axis (3 on a 1x3x3 kernel) means all that this
    /// axis can have, as long as some axis is long enough for it.
    /// </summary>
    /// <exception cref="ArgumentException">A count exceeds its axis, or the number of axes differs.</exception>
    public IReadOnlyList<int> Over(KernelGeometry kernel)
    {
        var extents = kernel.Extents;
        if (counts.Length == 1)
        {
            Check(counts[0] <= extents.Max(), kernel, $"1 to {extents.Max()}");
            return [.. extents.Select(extent => Math.Min(counts[0], extent))];
        }

        Check(counts.Length == extents.Count, kernel, $"1 or {extents.Count} counts");
        Check(counts.Zip(extents).All(axis => axis.First <= axis.Second), kernel, $"at most {string.Join(AxisSeparator, extents)}");
        return counts;
    }

    public bool Equals(Harmonics? other) => other is not null && counts.SequenceEqual(other.counts);

    public override bool Equals(object? obj) => Equals(obj as Harmonics);

    public override int GetHashCode() => counts.Aggregate(0, HashCode.Combine);

    public override string ToString() => string.Join(AxisSeparator, counts);

    private void Check(bool holds, KernelGeometry kernel, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException(
                $"harmonics of layer '{kernel.Layer}': expected {expected} for its {string.Join(AxisSeparator, kernel.Extents)} kernel, got {this}");
        }
    }
}
