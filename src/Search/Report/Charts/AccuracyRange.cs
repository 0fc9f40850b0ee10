namespace Bitcurve.Search.Report.Charts;

/// <summary>Which accuracies the charts of a report show.</summary>
/// <param name="Minimum">Smallest, a fraction.</param>
/// <param name="Maximum">Largest, above the minimum.</param>
internal sealed record AccuracyRange(double Minimum, double Maximum)
{
    private const double LeastRange = 0.02;

    /// <summary>A little room above and below the values; the whole of [0,1] when there are none.</summary>
    public static AccuracyRange Around(IEnumerable<double> values)
    {
        double[] all = [.. values];
        if (all.Length == 0)
        {
            return new AccuracyRange(0, 1);
        }

        double range = Math.Max(LeastRange, all.Max() - all.Min());
        return new AccuracyRange(all.Max() - (1.04 * range), all.Max() + (0.01 * range));
    }

    /// <summary>
    /// Everything measured at the highest fidelity or verified, with the references. Lower fidelities would squeeze it: they may fall
    /// below.
    /// </summary>
    public static AccuracyRange OfOutcome(SearchReport report)
    {
        int highest = HighestFidelity(report);
        return Around(
        [
            .. report.Trials.SelectMany(trial => trial.Measurements)
                .Where(measured => measured.Epochs == highest)
                .Select(measured => measured.Accuracy),
            .. report.Verified.Select(result => result.Mean).OfType<double>(),
            .. report.Uniform.Select(uniform => uniform.Estimate?.Mean).OfType<double>(),
            .. report.PredictedFront.Select(member => member.Mean),
            .. report.Baseline.Accuracy is double baseline ? (double[])[baseline] : [],
        ]);
    }

    /// <summary>Epochs of the highest fidelity that any trial reached, the target when none has.</summary>
    public static int HighestFidelity(SearchReport report) =>
        report.Trials.Where(trial => trial.SetAside is null).SelectMany(trial => trial.Measurements)
            .Select(measured => measured.Epochs).DefaultIfEmpty(report.Tasks[^1]).Max();
}
