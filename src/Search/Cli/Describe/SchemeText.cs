using System.Globalization;
using Bitcurve.Models.Architecture;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Cli.Describe;

/// <summary>Reads bits and harmonics as users write them, for the layers of one network.</summary>
internal static class SchemeText
{
    internal const string Fp32 = "fp";

    /// <summary>
    /// <c>6,5,5,fp</c> or <c>655</c>: one entry per convolution, or per convolution that does not share another's; one entry alone stands for all.
    /// </summary>
    /// <returns>A width per convolution, 0 for FP32.</returns>
    /// <exception cref="ArgumentException">An entry is neither 1..8 nor fp, or their number is another.</exception>
    internal static int[] Bits(string text, Blueprint network)
    {
        var entries = text.Contains(',', StringComparison.Ordinal) || text.Trim() == Fp32
            ? text.Split(',', StringSplitOptions.TrimEntries)
            : [.. text.Trim().Select(digit => digit.ToString())];
        int[] bits = [.. entries.Select((entry, index) => entry == Fp32 ? 0 : int.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width is >= BitVector.MinimumBits and <= BitVector.MaximumBits
            ? width
            : throw new ArgumentException($"bits of layer {index}: expected {BitVector.MinimumBits}..{BitVector.MaximumBits} or {Fp32}, actual '{entry}'"))];
        return Bits(bits, network);
    }

    /// <exception cref="ArgumentException">Another number of entries than convolutions, or than those with bits of their own.</exception>
    internal static int[] Bits(IReadOnlyList<int> bits, Blueprint network)
    {
        var layers = network.Convolutions;
        var own = OwnLayers(network);
        if (bits.Count == 1 || bits.Count == layers.Count)
        {
            return [.. Enumerable.Range(0, layers.Count).Select(k => bits[bits.Count == 1 ? 0 : k])];
        }

        if (bits.Count != own.Count)
        {
            var sharing = own.Count == layers.Count ? "" : $", or {own.Count}, one per convolution that does not share another's";
            throw new ArgumentException($"bits: expected {layers.Count} entries, one per convolution of {network.Name}{sharing}, or 1 for all, actual {bits.Count}");
        }

        return [.. layers.Select(layer => bits[own.IndexOf(network.SharedBits.GetValueOrDefault(layer.Path, layer.Path))])];
    }

    /// <summary>Paths of the convolutions that have bits of their own, in module order.</summary>
    internal static List<string> OwnLayers(Blueprint network) =>
        [.. network.Convolutions.Select(layer => layer.Path).Where(path => !network.SharedBits.ContainsKey(path))];

    /// <exception cref="ArgumentException">An entry is no positive integer, or does not fit (<see cref="Harmonics(IReadOnlyList{int}, Blueprint)"/>).</exception>
    internal static int[] Harmonics(string text, Blueprint network) => Harmonics(
        [.. text.Split(',', StringSplitOptions.TrimEntries).Select(entry => int.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out var harmonics) && harmonics > 0
            ? harmonics
            : throw new ArgumentException($"harmonics: expected integers from 1 such as 6,3,3,3,2, actual '{text}'"))],
        network);

    /// <summary>One entry per compressible convolution, one per stage (as in the thesis's tables 1 and 2 of ch. 4), or one for all.</summary>
    /// <returns>Harmonics per axis for every convolution; the kernel's own extent where it keeps its kernel.</returns>
    /// <exception cref="ArgumentException">Another number of entries, or one above its layer's kernel.</exception>
    internal static int[] Harmonics(IReadOnlyList<int> entries, Blueprint network)
    {
        var layers = network.Convolutions;
        var compressible = layers.Where(IsCompressible).ToList();
        var stages = compressible.Select(layer => layer.Stage).Distinct().ToList();
        Func<PlacedBlock, int> of = entries.Count switch
        {
            1 => _ => entries[0],
            var count when count == compressible.Count => layer => entries[compressible.IndexOf(layer)],
            var count when count == stages.Count => layer => entries[stages.IndexOf(layer.Stage)],
            _ => throw new ArgumentException(
                $"harmonics: expected {compressible.Count} entries, one per compressible convolution of {network.Name}, or {stages.Count}, one per stage, or 1 for all, actual {entries.Count}"),
        };
        return [.. layers.Select(layer => IsCompressible(layer) ? Checked(layer, of(layer), isShared: entries.Count != compressible.Count) : Extent(layer))];
    }

    /// <summary>The kernel's largest extent.</summary>
    internal static int Extent(PlacedBlock layer) => ((Convolution)layer.Block).Kernel.Max();

    private static bool IsCompressible(PlacedBlock layer) => ((Convolution)layer.Block).IsCompressible;

    // An entry for several layers means at most so many; one of its own must fit.
    private static int Checked(PlacedBlock layer, int harmonics, bool isShared) => harmonics <= Extent(layer) || isShared
        ? Math.Min(harmonics, Extent(layer))
        : throw new ArgumentException($"harmonics of {layer.Path}: expected 1..{Extent(layer)}, actual {harmonics}");
}
