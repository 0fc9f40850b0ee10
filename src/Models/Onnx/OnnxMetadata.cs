using System.Globalization;
using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Packed;

namespace Bitcurve.Models.Onnx;

/// <summary>The text entries (metadata_props) that an exported model carries beside its graph.</summary>
internal static class OnnxMetadata
{
    internal const string FormatValue = "bitcurve-onnx/1";
    internal const string Format = "bitcurve.format";

    /// <summary>SHA-256 (hex) of the bytes of the graph, then of the functions.</summary>
    internal const string Checksum = "bitcurve.checksum";

    private const string Network = "bitcurve.network";
    private const string Workload = "bitcurve.workload";
    private const string InputShape = "bitcurve.input_shape";
    private const string Mean = "bitcurve.mean";
    private const string StandardDeviation = "bitcurve.standard_deviation";
    private const string ClassNames = "bitcurve.class_names";
    private const string Bits = "bitcurve.bits";

    // Class names may hold commas; no published ones hold line breaks.
    private const char NameSeparator = '\n';

    internal static IReadOnlyDictionary<string, string> Of(PackedModelInfo info, IReadOnlyList<int> bits, string checksum) => new Dictionary<string, string>
    {
        [Format] = FormatValue,
        [Network] = info.Network,
        [Workload] = info.Workload,
        [InputShape] = string.Join(',', info.InputShape),
        [Mean] = Text(info.Normalization.Mean),
        [StandardDeviation] = Text(info.Normalization.StandardDeviation),
        [ClassNames] = string.Join(NameSeparator, info.ClassNames),
        [Bits] = string.Join(',', bits),
        [Checksum] = checksum,
    };

    /// <summary>The reverse of <see cref="Of"/>.</summary>
    /// <param name="entries">By name.</param>
    /// <param name="file">For messages.</param>
    /// <exception cref="DataFormatException">An entry is missing or malformed, or no network has the name.</exception>
    internal static (PackedModelInfo Info, IReadOnlyList<int> Bits) Read(IReadOnlyDictionary<string, string> entries, string file)
    {
        var network = Entry(entries, Network, file);
        if (!NetworkCatalogue.Contains(network))
        {
            throw new DataFormatException(file, $"metadata '{Network}'", null, $"one of {NetworkCatalogue.Listed}", $"'{network}'");
        }

        var shape = Numbers<int>(entries, InputShape, file);
        var (mean, deviation) = (Numbers<double>(entries, Mean, file), Numbers<double>(entries, StandardDeviation, file));
        if (shape.Count is not (3 or 4) || shape.Any(extent => extent < 1) || mean.Count != shape[0] || deviation.Count != shape[0] || !deviation.All(value => value > 0))
        {
            throw new DataFormatException(file, $"metadata '{InputShape}'", null, "C, H, W or C, D, H, W with C means and C positive deviations", $"{string.Join(',', shape)} with {mean.Count} and {deviation.Count}");
        }

        var info = new PackedModelInfo
        {
            Network = network,
            Workload = Entry(entries, Workload, file),
            InputShape = shape,
            Normalization = new Normalization(mean, deviation),
            ClassNames = Entry(entries, ClassNames, file).Split(NameSeparator),
        };
        return (info, Numbers<int>(entries, Bits, file));
    }

    /// <exception cref="DataFormatException">There is no entry of this name.</exception>
    internal static string Entry(IReadOnlyDictionary<string, string> entries, string name, string file) => entries.TryGetValue(name, out var value)
        ? value
        : throw new DataFormatException(file, $"metadata '{name}'", null, "an entry as 'bitcurve export' writes it", "none");

    private static IReadOnlyList<T> Numbers<T>(IReadOnlyDictionary<string, string> entries, string name, string file)
        where T : ISpanParsable<T>
    {
        var parts = Entry(entries, name, file).Split(',');
        var numbers = new T[parts.Length];
        for (var k = 0; k < parts.Length; k++)
        {
            if (!T.TryParse(parts[k], CultureInfo.InvariantCulture, out numbers[k]!))
            {
                throw new DataFormatException(file, $"metadata '{name}'", null, "numbers and commas", $"'{parts[k]}'");
            }
        }

        return numbers;
    }

    private static string Text(IReadOnlyList<double> values) => string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
