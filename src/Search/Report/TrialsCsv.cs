using System.Globalization;

namespace Bitcurve.Search.Report;

/// <summary>
/// The table <c>trials.csv</c> (RFC 4180, invariant numbers): one row for each measurement, so that a spreadsheet or a data frame can plot
/// it as it is. A trial without any measurement has one row without epochs and accuracy.
/// </summary>
public static class TrialsCsv
{
    private const string NewLine = "\r\n";

    public static string Of(SearchReport report)
    {
        int dimension = report.Trials.Select(trial => trial.W.Count).DefaultIfEmpty(0).Max();
        IEnumerable<IEnumerable<string>> rows = report.Trials.SelectMany(trial => Rows(report, trial, dimension)).Prepend(Header(dimension));
        return string.Concat(rows.Select(row => string.Join(',', row.Select(Quote)) + NewLine));
    }

    private static IEnumerable<string> Header(int dimension) =>
    [
        "trial",
        "bits",
        .. Enumerable.Range(0, dimension).Select(index => $"w{index}"),
        "memory_bytes",
        "dsconv_bits",
        "bit_operations",
        "epochs",
        "accuracy",
        "estimate_mean",
        "estimate_deviation",
        "failures",
        "set_aside",
    ];

    private static IEnumerable<IEnumerable<string>> Rows(SearchReport report, ReportedTrial trial, int dimension)
    {
        ReportedMeasurement?[] measurements = [.. trial.Measurements.DefaultIfEmpty<ReportedMeasurement?>(null)];
        return measurements.Select(measurement => (IEnumerable<string>)
        [
            Text(trial.Id),
            report.TextOf(trial.Bits),
            .. Enumerable.Range(0, dimension).Select(index => index < trial.W.Count ? Text(trial.W[index]) : ""),
            Text(trial.MemoryBytes),
            Text(trial.DsconvBits),
            Text(trial.BitOperations),
            Text(measurement?.Epochs),
            Text(measurement?.Accuracy),
            Text(trial.Estimate?.Mean),
            Text(trial.Estimate?.Deviation),
            Text(trial.Failures.Count),
            trial.SetAside ?? "",
        ]);
    }

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"")}\"";
}
