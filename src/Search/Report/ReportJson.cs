using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Report;

/// <summary>The written form of <c>report.json</c>: camel case, fields in the order of the records, short lists on one line.</summary>
public static class ReportJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
            new BitListConverter(),
            new OneLineListConverter<int>(),
            new OneLineListConverter<long>(),
            new OneLineListConverter<double>(),
        },
    };

    /// <summary>The same report gives the same bytes.</summary>
    public static string Serialize(SearchReport report) => JsonSerializer.Serialize(report, Options) + "\n";

    /// <exception cref="InvalidDataException">No report of this version of the schema.</exception>
    public static SearchReport Deserialize(string json)
    {
        try
        {
            SearchReport? report = JsonSerializer.Deserialize<SearchReport>(json, Options);
            return report?.Schema == SearchReport.CurrentSchema
                ? report
                : throw new InvalidDataException(
                    $"Report: expected schema {SearchReport.CurrentSchema}, actual {report?.Schema ?? "none"}.");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"Report: {problem.Message}", problem);
        }
    }

    /// <summary>Bits as a list of integers: readers of the report should not have to take a string apart.</summary>
    private sealed class BitListConverter : JsonConverter<BitVector>
    {
        public override BitVector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return new BitVector(JsonSerializer.Deserialize<int[]>(ref reader) ?? []);
            }
            catch (ArgumentException problem)
            {
                throw new JsonException(problem.Message, problem);
            }
        }

        public override void Write(Utf8JsonWriter writer, BitVector value, JsonSerializerOptions options) =>
            writer.WriteRawValue($"[{string.Join(',', value.ToArray())}]");
    }

    /// <summary>One number per line would make eight lines of every bit vector.</summary>
    private sealed class OneLineListConverter<T> : JsonConverter<IReadOnlyList<T>>
        where T : IFormattable
    {
        public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<T[]>(ref reader) ?? [];

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) =>
            writer.WriteRawValue($"[{string.Join(',', value.Select(entry => entry.ToString(null, CultureInfo.InvariantCulture)))}]");
    }
}
