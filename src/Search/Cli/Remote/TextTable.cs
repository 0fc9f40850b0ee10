using System.Text;

namespace Bitcurve.Search.Cli.Remote;

/// <summary>Columns for a terminal: each as wide as its longest cell, two spaces between.</summary>
internal static class TextTable
{
    /// <param name="rows">The first is the head; all of one length.</param>
    /// <param name="isNumber">Which columns hold numbers, which align on the right; null for none.</param>
    internal static string Of(IReadOnlyList<string[]> rows, Func<int, bool>? isNumber = null)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendLine(string.Join("  ", row.Select((cell, column) => isNumber?.Invoke(column) == true ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
        }

        return text.ToString();
    }
}
