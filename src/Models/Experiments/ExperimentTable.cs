using System.Globalization;
using System.Text;
using Bitcurve.Models.Workloads;

namespace Bitcurve.Models.Experiments;

/// <summary>A measured row: figures per seed and column.</summary>
public sealed record MeasuredRow(string Label, IReadOnlyList<IReadOnlyList<double?>> PerSeed, IReadOnlyList<double?>? Published)
{
    /// <summary>Mean over the seeds; null where the row has no such figure.</summary>
    public double? Mean(int column) => Values(column) is { Count: > 0 } values ? values.Average() : null;

    /// <summary>Standard deviation over the seeds; null below two.</summary>
    public double? Deviation(int column)
    {
        var values = Values(column);
        if (values.Count < 2)
        {
            return null;
        }

        // The mean of equal numbers may differ from them in the last digit, which is no deviation.
        return values.TrueForAll(value => value == values[0]) ? 0 : Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Count - 1));
    }

    private List<double> Values(int column) => [.. PerSeed.Select(row => row[column]).OfType<double>()];
}

/// <summary>An experiment's figures in the shape of the table that it repeats.</summary>
public sealed record ExperimentTable(Experiment Experiment, WorkloadScale Scale, IReadOnlyList<long> Seeds, IReadOnlyList<MeasuredRow> Rows)
{
    /// <summary>A figure with up to four significant digits; a dash for none.</summary>
    public static string Text(double? value)
    {
        if (value is not { } number)
        {
            return "-";
        }

        var form = Math.Abs(number) switch
        {
            >= 1e6 or (> 0 and < 1e-4) => "0.###e0",
            >= 100 => "0",
            >= 1 => "0.###",
            >= 1e-2 or 0 => "0.####",
            _ => "G4",
        };
        return number.ToString(form, CultureInfo.InvariantCulture);
    }

    /// <summary>The table in Markdown: means with standard deviations over the seeds, the document's own figures in brackets.</summary>
    public string ToMarkdown()
    {
        string[][] cells =
        [
            ["", .. Experiment.Columns],
            .. Rows.Select(row => (string[])[row.Label, .. Experiment.Columns.Select((_, column) => Cell(row, column))]),
        ];
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length))];
        var text = new StringBuilder();
        for (var k = 0; k < cells.Length; k++)
        {
            text.AppendLine($"| {string.Join(" | ", cells[k].Select((cell, column) => cell.PadRight(widths[column])))} |");
            if (k == 0)
            {
                text.AppendLine($"|{string.Join("|", widths.Select(width => new string('-', width + 2)))}|");
            }
        }

        return text.ToString();
    }

    private static string Cell(MeasuredRow row, int column)
    {
        if (row.Mean(column) is not { } mean)
        {
            return "-";
        }

        var spread = row.Deviation(column) is { } deviation ? $" ±{Text(deviation)}" : "";
        var published = row.Published?[column] is { } printed ? $" ({Text(printed)})" : "";
        return Text(mean) + spread + published;
    }
}
