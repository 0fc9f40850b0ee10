using System.Text.Json;

namespace Bitcurve.Search.Tests.Space;

/// <summary>One row of the seed documents' tables that prints a curve's bits.</summary>
public sealed record CurveRow(string Id, string Curve, double[] W, int Layers, int[] Value);

/// <summary>The reference figures next to these tests.</summary>
internal static class SeedTables
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "reference");

    public static IReadOnlyList<CurveRow> CurveRows()
    {
        using JsonDocument tables = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "seed_tables.json")));
        return
        [
            .. tables.RootElement.EnumerateArray()
                .Where(row => row.GetProperty("quantity").GetString() == "curve_bits")
                .Select(row => row.Deserialize<CurveRow>(JsonSerializerOptions.Web)!),
        ];
    }

    public static IReadOnlyList<(string Bits, long DsconvBits)> TrainedSchemes() =>
    [
        .. File.ReadLines(Path.Combine(Folder, "vgg8_shapes32_table.csv")).Skip(1)
            .Select(line => line.Split(','))
            .Select(fields => (fields[0], long.Parse(fields[3]))),
    ];
}
