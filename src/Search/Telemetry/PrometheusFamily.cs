using System.Globalization;
using System.Text;

namespace Bitcurve.Search.Telemetry;

/// <summary>
/// One metric in Prometheus text format 0.0.4: what it is, then a line for each set of labels. All lines of a metric must stand together.
/// </summary>
internal sealed class PrometheusFamily(string name, PrometheusKind kind, string help)
{
    private readonly StringBuilder lines = new();

    internal PrometheusKind Kind => kind;

    /// <summary>A counter's or gauge's present value.</summary>
    internal void Add(IEnumerable<KeyValuePair<string, object?>> labels, double value) => Line("", Joined(labels), value);

    /// <summary>A histogram's counts so far.</summary>
    /// <param name="labels">Of the measurements.</param>
    /// <param name="buckets">Upper end of each bucket, ascending, the last infinite, and how many measurements fell into it alone.</param>
    /// <param name="sum">Of all measurements.</param>
    /// <param name="count">Of all measurements.</param>
    internal void Add(IEnumerable<KeyValuePair<string, object?>> labels, IEnumerable<(double UpperEnd, long Count)> buckets, double sum, long count)
    {
        string plain = Joined(labels);
        long below = 0;
        foreach ((double upperEnd, long within) in buckets)
        {
            below += within;
            string end = $"le=\"{Text(upperEnd)}\"";
            Line("_bucket", plain.Length == 0 ? end : $"{plain},{end}", below);
        }

        Line("_sum", plain, sum);
        Line("_count", plain, count);
    }

    internal void WriteTo(StringBuilder page)
    {
        page.Append("# HELP ").Append(name).Append(' ').Append(EscapedHelp(help)).Append('\n');
        page.Append("# TYPE ").Append(name).Append(' ').Append(kind.ToString().ToLowerInvariant()).Append('\n').Append(lines);
    }

    private void Line(string suffix, string labels, double value)
    {
        lines.Append(name).Append(suffix);
        if (labels.Length > 0)
        {
            lines.Append('{').Append(labels).Append('}');
        }

        lines.Append(' ').Append(Text(value)).Append('\n');
    }

    // By name, so that a page reads the same whoever measured first. Two names that become one label are one label with both values, as
    // the specification wants it.
    private static string Joined(IEnumerable<KeyValuePair<string, object?>> labels) => string.Join(',', labels
        .GroupBy(label => PrometheusNames.Label(label.Key), label => Escaped(Convert.ToString(label.Value, CultureInfo.InvariantCulture) ?? ""))
        .OrderBy(label => label.Key, StringComparer.Ordinal)
        .Select(label => $"{label.Key}=\"{string.Join(';', label)}\""));

    private static string Text(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string EscapedHelp(string text) => text.Replace("\\", @"\\").Replace("\n", @"\n");

    private static string Escaped(string value) => EscapedHelp(value).Replace("\"", "\\\"");
}
