using System.Text.Json;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Bench.Tabulation;

/// <summary>A table on disk, one line per training, with its facts in a JSON file of the same name. A line is complete or is dropped.</summary>
public sealed class TableFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string path;
    private readonly HashSet<(string Bits, int Seed)> rows;

    private TableFile(string path, HashSet<(string Bits, int Seed)> rows) => (this.path, this.rows) = (path, rows);

    /// <summary>Creates the table, or goes on with one of the same facts.</summary>
    /// <param name="path">Ends in <c>.csv</c>; its folder is created.</param>
    /// <param name="facts">What all its rows must share.</param>
    /// <exception cref="ArgumentException">Another ending, or a table of other facts or columns is there.</exception>
    public static TableFile Open(string path, TableFacts facts)
    {
        if (Path.GetExtension(path) != ".csv")
        {
            throw new ArgumentException($"--out: expected a file that ends in .csv, actual '{path}'");
        }

        var header = TableRow.Header(CurveSpace.Parse(facts.Space, facts.Layers.Count).Dimension);
        var factsPath = Path.ChangeExtension(path, ".json");
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllText(factsPath, JsonSerializer.Serialize(facts, Json) + "\n");
            File.WriteAllText(path, header + "\n");
        }

        RequireSame(factsPath, JsonSerializer.Serialize(facts, Json), File.Exists(factsPath) ? File.ReadAllText(factsPath).TrimEnd() : "no file");
        return new TableFile(path, ReadRows(path, header));
    }

    public bool Contains(BitVector bits, int seed) => rows.Contains((bits.ToString(), seed));

    /// <summary>Returns when the row is on the disk.</summary>
    public void Append(TableRow row)
    {
        using var stream = new FileStream(path, FileMode.Append);
        using (var writer = new StreamWriter(stream, leaveOpen: true))
        {
            writer.Write(row + "\n");
        }

        stream.Flush(flushToDisk: true);
        rows.Add((row.Bits.ToString(), row.Seed));
    }

    // What follows the last line feed was being written when the process ended.
    private static HashSet<(string Bits, int Seed)> ReadRows(string path, string header)
    {
        var text = File.ReadAllText(path);
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        if (whole.Length < text.Length)
        {
            File.WriteAllText(path, whole);
        }

        var lines = whole.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var columns = header.Split(',');
        RequireSame(path, header, lines.Length == 0 ? "an empty file" : lines[0]);
        var seedColumn = Array.IndexOf(columns, "seed");
        return [.. lines.Skip(1).Select(line => line.Split(',')).Select((fields, k) => fields.Length == columns.Length && int.TryParse(fields[seedColumn], out var seed)
            ? (fields[0], seed)
            : throw new ArgumentException($"{path} line {k + 2}: expected {columns.Length} fields, actual '{lines[k + 1]}'"))];
    }

    private static void RequireSame(string path, string expected, string actual)
    {
        if (actual == expected)
        {
            return;
        }

        var difference = expected.Split('\n').Zip(actual.Split('\n'), (wanted, found) => (Wanted: wanted.Trim(), Found: found.Trim()))
            .FirstOrDefault(line => line.Wanted != line.Found, (Wanted: expected, Found: actual));
        throw new ArgumentException($"{path}: expected '{difference.Wanted}', actual '{difference.Found}'; choose another --out or the same options");
    }
}
