using System.Globalization;
using System.Text;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Report;

namespace Bitcurve.Search.Cli;

/// <summary>The answer in a few lines for standard output.</summary>
internal static class RunSummary
{
    internal static string Of(SearchReport report, string folder)
    {
        var (text, metric) = (new StringBuilder(), report.Words);
        void Write(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Write($"{report.Workload}: FP32 {(report.Baseline.Accuracy is { } fp32 ? metric.Named(fp32) : "unknown")} on validation{(report.Baseline.TestAccuracy is { } test ? $", {metric.Of(test)} on test" : "")}{(metric.IsMinimized ? " (lower is better)" : "")}");
        if (report.Chosen is { } chosen)
        {
            Write($"chosen   {report.TextOf(chosen.Bits)}  {metric.Of(chosen.Accuracy)} on validation, {chosen.MemoryBytes / 1000.0:0.0} KB");
        }

        if (report.Verified.Count > 0)
        {
            Write($"verified on the test split:");
            foreach (var verified in report.Verified.Where(v => v.Bits.Count > 0))
            {
                var spread = verified.Deviation is { } deviation ? $" ± {(metric.IsFraction ? (100 * deviation).ToString("0.00", CultureInfo.InvariantCulture) : MetricWords.Significant(deviation, 2))}" : "";
                Write($"  {report.TextOf(verified.Bits)}  {(verified.Mean is { } mean ? metric.Of(mean) : "failed")}{spread}  {verified.MemoryBytes / 1000.0,7:0.0} KB  {string.Join(", ", verified.Groups).ToLowerInvariant()}");
            }
        }

        Write($"report   {Path.Combine(folder, "report.html")}");
        return text.ToString();
    }
}
