using System.Globalization;
using System.Text;
using Bitcurve.Search.Report;

namespace Bitcurve.Search.Cli;

/// <summary>The answer in a few lines for standard output.</summary>
internal static class RunSummary
{
    internal static string Of(SearchReport report, string folder)
    {
        var text = new StringBuilder();
        void Write(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Write($"{report.Workload}: FP32 {(report.Baseline.Accuracy is { } fp32 ? RunStatus.Percent(fp32) : "unknown")} on validation{(report.Baseline.TestAccuracy is { } test ? $", {RunStatus.Percent(test)} on test" : "")}");
        if (report.Chosen is { } chosen)
        {
            Write($"chosen   {report.TextOf(chosen.Bits)}  {RunStatus.Percent(chosen.Accuracy)} on validation, {chosen.MemoryBytes / 1000.0:0.0} KB");
        }

        if (report.Verified.Count > 0)
        {
            Write($"verified on the test split:");
            foreach (var verified in report.Verified.Where(v => v.Bits.Count > 0))
            {
                var spread = verified.Deviation is { } deviation ? string.Create(CultureInfo.InvariantCulture, $" ± {100 * deviation:0.00}") : "";
                Write($"  {report.TextOf(verified.Bits)}  {(verified.Mean is { } mean ? RunStatus.Percent(mean) : "failed")}{spread}  {verified.MemoryBytes / 1000.0,7:0.0} KB  {string.Join(", ", verified.Groups).ToLowerInvariant()}");
            }
        }

        Write($"report   {Path.Combine(folder, "report.html")}");
        return text.ToString();
    }
}
