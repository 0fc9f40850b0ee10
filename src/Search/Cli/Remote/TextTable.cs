using System.Text;

namespace Bitcurve.Search.Cli.Remote;

/// <summary>Columns for a terminal: each as wide as its longest cell, two spaces between.</summary>
internal static class TextTable
{
    /// <param name="rows">The first is the head; all of one length.</param>
    internal static string Of(IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        return text.ToString();
    }
}
