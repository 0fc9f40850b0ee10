using System.Text;
using System.Text.RegularExpressions;
using OpenTelemetry.Metrics;

namespace Bitcurve.Search.Telemetry;

/// <summary>
/// Names of metrics and labels as Prometheus writes them: <c>bitcurve.search.budget.left</c> in units of 1 becomes
/// <c>bitcurve_search_budget_left_ratio</c>. After "Prometheus and OpenMetrics Compatibility" of the OpenTelemetry specification.
/// </summary>
internal static partial class PrometheusNames
{
    private const string TotalSuffix = "_total";
    private const string CountSuffix = "_count";

    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["min"] = "minutes",
        ["h"] = "hours",
        ["d"] = "days",
        ["By"] = "bytes",
        ["KiBy"] = "kibibytes",
        ["MiBy"] = "mebibytes",
        ["GiBy"] = "gibibytes",
        ["%"] = "percent",
        ["Hz"] = "hertz",
        ["Cel"] = "celsius",
    };

    // What follows the stroke in "images per second".
    private static readonly Dictionary<string, string> PerUnits = new(StringComparer.Ordinal)
    {
        ["s"] = "second",
        ["min"] = "minute",
        ["h"] = "hour",
        ["d"] = "day",
    };

    /// <param name="name">OpenTelemetry's, with dots.</param>
    /// <param name="unit">UCUM; in braces what is counted, which is not part of the name.</param>
    /// <param name="kind">Counters end in <c>_total</c>, gauges without a dimension in <c>_ratio</c>.</param>
    internal static string Metric(string name, string unit, PrometheusKind kind)
    {
        string result = Clean(name);
        if (kind == PrometheusKind.Gauge && result.EndsWith(CountSuffix, StringComparison.Ordinal))
        {
            // Prometheus keeps this ending for histograms: its checks complain about any other metric that has it.
            result = result[..^CountSuffix.Length];
        }

        string suffix = Suffix(unit, kind);
        if (suffix.Length > 0 && !result.EndsWith($"_{suffix}", StringComparison.Ordinal))
        {
            result = $"{result}_{suffix}";
        }

        return kind == PrometheusKind.Counter && !result.EndsWith(TotalSuffix, StringComparison.Ordinal) ? result + TotalSuffix : result;
    }

    /// <summary>A label's name; unlike a metric's it has no colon.</summary>
    internal static string Label(string name) => Clean(name).Replace(':', '_');

    internal static PrometheusKind? KindOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => PrometheusKind.Counter,
        MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => PrometheusKind.Gauge,
        MetricType.Histogram => PrometheusKind.Histogram,

        // Exponential histograms have no form in this text; none of ours is one.
        _ => null,
    };

    private static string Suffix(string unit, PrometheusKind kind)
    {
        string plain = Annotation().Replace(unit, "").Trim();
        if (plain == "1")
        {
            return kind == PrometheusKind.Gauge ? "ratio" : "";
        }

        int stroke = plain.IndexOf('/', StringComparison.Ordinal);
        return stroke < 0
            ? Words(plain, Units)
            : Joined(Words(plain[..stroke], Units), $"per_{Words(plain[(stroke + 1)..], PerUnits)}");
    }

    private static string Words(string unit, Dictionary<string, string> known) =>
        unit.Length == 0 ? "" : known.GetValueOrDefault(unit) ?? Clean(unit).Trim('_');

    private static string Joined(string first, string second) => first.Length == 0 ? second : $"{first}_{second}";

    private static string Clean(string name)
    {
        var result = new StringBuilder(name.Length + 1);
        foreach (char letter in name)
        {
            char kept = char.IsAsciiLetterOrDigit(letter) || letter == ':' ? letter : '_';
            if (result.Length == 0 && char.IsAsciiDigit(kept))
            {
                result.Append('_');
            }

            if (kept != '_' || result.Length == 0 || result[^1] != '_')
            {
                result.Append(kept);
            }
        }

        return result.ToString();
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Annotation();
}

/// <summary>How Prometheus calls a metric's type.</summary>
internal enum PrometheusKind
{
    Counter,
    Gauge,
    Histogram,
}
