namespace Bitcurve.Models.Series;

/// <summary>Which series replaces a network's kernels, with how many harmonics in each compressible layer. Immutable.</summary>
public sealed class SeriesScheme : IEquatable<SeriesScheme>
{
    private const char LayerSeparator = ',';

    /// <param name="kind">The series.</param>
    /// <param name="layers">One entry per compressible layer (<see cref="KernelGeometry.IsCompressible"/>), in module order.</param>
    public SeriesScheme(SeriesKind kind, IEnumerable<Harmonics> layers) => (Kind, Layers) = (kind, [.. layers]);

    public SeriesKind Kind { get; }

    public IReadOnlyList<Harmonics> Layers { get; }

    /// <summary>Reads "3,3,2,2" or, with harmonics per axis, "3x2,3,2"; what <see cref="ToString"/> writes.</summary>
    /// <exception cref="ArgumentException">An entry is neither.</exception>
    public static SeriesScheme Parse(SeriesKind kind, string text) => new(kind, text.Split(LayerSeparator).Select(Harmonics.Parse));

    /// <summary>From one number for each convolution, as search orders have it: at an axis no longer than that the kernel stays as it is.</summary>
    /// <param name="kind">The series.</param>
    /// <param name="harmonics">One entry per convolution, at least 1; those of layers that are not compressible are not read.</param>
    /// <param name="kernels">All convolutions of a network, in module order.</param>
    /// <exception cref="ArgumentException">Another number of entries than convolutions, or an entry below 1.</exception>
    public static SeriesScheme Of(SeriesKind kind, IReadOnlyList<int> harmonics, IReadOnlyList<KernelGeometry> kernels) => harmonics.Count == kernels.Count
        ? new(kind, kernels.Zip(harmonics).Where(layer => layer.First.IsCompressible)
            .Select(layer => new Harmonics([.. layer.First.Extents.Select(extent => Math.Min(extent, layer.Second))])))
        : throw new ArgumentException($"harmonics: expected {kernels.Count} entries, one per convolution, got {harmonics.Count}");

    /// <summary>The harmonics per axis of each convolution.</summary>
    /// <param name="kernels">All convolutions of a network, in module order.</param>
    /// <returns>One entry per convolution; null for one that is left alone.</returns>
    /// <exception cref="ArgumentException">The number of entries is not that of the compressible layers, or an entry does not fit its kernel.</exception>
    public IReadOnlyList<IReadOnlyList<int>?> Over(IReadOnlyList<KernelGeometry> kernels)
    {
        var compressible = kernels.Count(kernel => kernel.IsCompressible);
        if (Layers.Count != compressible)
        {
            throw new ArgumentException($"harmonics: expected {compressible} entries, one per compressible layer, got {Layers.Count} ({this})");
        }

        var next = 0;
        return [.. kernels.Select(kernel => kernel.IsCompressible ? Layers[next++].Over(kernel) : null)];
    }

    /// <summary>Numbers that the convolutions store: coefficients where compressed, weights elsewhere.</summary>
    /// <param name="kernels">All convolutions of a network, in module order.</param>
    /// <exception cref="ArgumentException">As <see cref="Over"/>.</exception>
    public long StoredCount(IReadOnlyList<KernelGeometry> kernels) =>
        kernels.Zip(Over(kernels), (kernel, harmonics) => kernel.CoefficientCount(harmonics ?? kernel.Extents)).Sum();

    public bool Equals(SeriesScheme? other) => other is not null && Kind == other.Kind && Layers.SequenceEqual(other.Layers);

    public override bool Equals(object? obj) => Equals(obj as SeriesScheme);

    public override int GetHashCode() => Layers.Aggregate((int)Kind, HashCode.Combine);

    public override string ToString() => string.Join(LayerSeparator, Layers);
}
