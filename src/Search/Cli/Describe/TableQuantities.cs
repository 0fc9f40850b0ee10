using Bitcurve.Models.Architecture;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Networks.Points;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Cli.Describe;

/// <summary>The quantities of the thesis's tables, with the conventions that reproduce their printed digits (networks.md).</summary>
internal static class TableQuantities
{
    internal static readonly IReadOnlyList<string> Names = ["weight_bits", "dsconv_bits", "total_params", "conv_params", "decoder_params", "compressible_params", "curve_bits"];

    private const int BlockSize = 32;

    // Ch. 3 Table 4: ResNet-50's fully connected layer is stored with 8 bits and no multipliers.
    private const string TableWithClassifier = "ch3 Table 4";
    private const int ClassifierBits = 8;

    // Networks that are no chains of blocks, so that the catalogue has none of them.
    private static readonly Dictionary<string, Func<long>> OtherNetworks = new(StringComparer.Ordinal)
    {
        ["point-transformer"] = () => PointTransformerDescription.Published.ParameterCount,
    };

    /// <returns>A number, or a list of bit-widths.</returns>
    /// <exception cref="ArgumentException">A field is missing, unknown or does not fit the network; the message names it, expected and actual.</exception>
    internal static object Of(TableRow row)
    {
        if (row.Quantity == "curve_bits")
        {
            return CurveBits(row);
        }

        var name = row.Network ?? throw Missing("network");
        if (OtherNetworks.TryGetValue(name, out var parameters))
        {
            return row.Quantity == "total_params" ? parameters() : throw new ArgumentException($"quantity: expected total_params of {name}, actual '{row.Quantity}'");
        }

        var network = NetworkCatalogue.Describe(NetworkVariant.Name(name, row.Variant));
        var harmonics = row.Harmonics is { } given ? SchemeText.Harmonics(given, network) : null;
        return row.Quantity switch
        {
            "weight_bits" => Sizes(row, network, harmonics, size => size.WeightBits),
            "dsconv_bits" => Sizes(row, network, harmonics, size => size.DsconvBits),
            "conv_params" => SplitNetworkCounts.ConvolutionParameters(network) ?? Stored(network.Convolutions, harmonics),
            "decoder_params" => SplitNetworkCounts.DecoderParameters(network)
                ?? throw new ArgumentException($"quantity: expected another one for {network.Name}, which has no decoder, actual 'decoder_params'"),
            "total_params" => SplitNetworkCounts.TotalParameters(network) ?? Stored(network.Convolutions, harmonics) + OutsideNorms(network),
            "compressible_params" => Compressible(network, harmonics),
            null => throw Missing("quantity"),
            _ => throw new ArgumentException($"quantity: expected one of {string.Join(", ", Names)}, actual '{row.Quantity}'"),
        };
    }

    private static int[] CurveBits(TableRow row)
    {
        var w = row.W ?? throw Missing("w");
        var amplitude = row.Amplitude is null or "full" ? "" : $":{row.Amplitude}";
        return CurveSpace.Parse($"{row.Curve ?? throw Missing("curve")}:{w.Count}{amplitude}", row.Layers ?? throw Missing("layers")).LevelsAt(w);
    }

    private static long Sizes(TableRow row, Blueprint network, int[]? harmonics, Func<ModelSize, long> quantity)
    {
        var bits = row.Bits ?? throw Missing("bits");
        var convolutions = network.Convolutions;
        var hasClassifier = bits.Count == convolutions.Count + 1;
        var classifierBits = hasClassifier ? bits[^1] : IsWithClassifier(row) ? ClassifierBits : 0;
        foreach (var width in bits.Where(width => width is < BitVector.MinimumBits or > BitVector.MaximumBits))
        {
            throw new ArgumentException($"bits: expected {BitVector.MinimumBits}..{BitVector.MaximumBits}, actual {width}");
        }

        var own = SchemeText.Bits(hasClassifier ? [.. bits.SkipLast(1)] : bits, network);
        var classifier = (network.Top.Leaves.LastOrDefault(leaf => leaf.Block is FullyConnected)?.WeightCount ?? 0) * classifierBits;
        return quantity(DescribedNetwork.SizeOf(convolutions, own, harmonics, BlockSize)) + classifier;
    }

    private static bool IsWithClassifier(TableRow row) =>
        row.Network == "resnet50" && row.Source?.Contains(TableWithClassifier, StringComparison.Ordinal) == true;

    private static long Stored(IEnumerable<PlacedBlock> layers, int[]? harmonics) =>
        DescribedNetwork.SizeOf([.. layers], null, harmonics, BlockSize).WeightBits / ModelSize.Fp32Bits;

    // Ch. 4: convolutions and the fully connected layer with its bias count, norms do not.
    private static long OutsideNorms(Blueprint network) =>
        network.Top.Leaves.Where(leaf => leaf.Block is FullyConnected).Sum(leaf => leaf.WeightCount + leaf.BiasCount)
        + network.Convolutions.Sum(layer => layer.BiasCount);

    // Ch. 4 Table 3: every kernel of at least three positions counts, also those that stay as they are (ConvNeXt's stem).
    private static long Compressible(Blueprint network, int[]? harmonics)
    {
        var indices = Enumerable.Range(0, network.Convolutions.Count).Where(k => SchemeText.Extent(network.Convolutions[k]) >= 3).ToList();
        return Stored(indices.Select(k => network.Convolutions[k]), harmonics is null ? null : [.. indices.Select(k => harmonics[k])]);
    }

    private static ArgumentException Missing(string field) => new($"{field}: expected a value, actual none");
}
