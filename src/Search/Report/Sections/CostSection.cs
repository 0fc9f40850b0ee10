using System.Xml.Linq;

namespace Bitcurve.Search.Report.Sections;

/// <summary>What an epoch takes on each kind of device, and how well that predicts single jobs.</summary>
internal static class CostSection
{
    private const string Title = "What an epoch costs";

    public static XElement Of(SearchReport report) => report.Costs.Count == 0
        ? Section.Of("costs", Title, Section.Note("No fine-tuning has been timed yet."))
        : Section.Of("costs", Title, Rates(report.Costs), Caption, report.Costs.Where(cost => cost.Checks.Count > 0).Select(Checks));

    private static XElement Caption => Section.Paragraph(
        Markup.Class("muted"),
        "Learned from all fine-tuning jobs, those of verification included; ranges hold 90\u00A0% of what is likely. FP32 training is not "
        + "counted, evaluation only on the validation split. The error is that of predicting each job from the others alone, as a median: large "
        + "where something else uses the device at times, for the rate then drifts. Decisions count epochs and do not depend on it.");

    private static XElement Rates(IReadOnlyList<ReportedCost> costs)
    {
        var table = new Table(
            "Seconds per epoch by kind of device",
            "device", "jobs#", "epochs#", "seconds per epoch#", "likely range#", $"next job of {Figures.Plural(costs[0].TargetEpochs, "epoch")}, s#",
            "evaluation, s#", "error, median#", "inside 90 %#");
        foreach (ReportedCost cost in costs)
        {
            table.Row(
                "",
                cost.DeviceKind,
                cost.Jobs,
                Figures.Short(cost.Epochs),
                Seconds(cost.SecondsPerEpoch),
                Range(cost.SecondsPerEpochLow, cost.SecondsPerEpochHigh),
                Range(cost.NextTargetJobLow, cost.NextTargetJobHigh),
                cost.SecondsPerEvaluation is double evaluation ? Seconds(evaluation) : Figures.None,
                Figures.Percent(cost.MedianAbsoluteError),
                Figures.Percent(cost.Coverage90, 0));
        }

        return table.Build();
    }

    private static XElement Checks(ReportedCost cost)
    {
        var table = new Table(
            $"Jobs on {cost.DeviceKind}", "job", "trial#", "epochs#", "predicted, s#", "likely range, s#", "measured, s#", "error#");
        foreach (ReportedJobCost check in cost.Checks)
        {
            table.Row(
                "",
                check.Job,
                check.Trial is int trial ? trial : "test",
                Figures.Short(check.Epochs),
                Seconds(check.PredictedSeconds),
                Range(check.Low, check.High),
                Seconds(check.MeasuredSeconds),
                Error(check));
        }

        return Markup.Element(
            "details", Markup.Element("summary", $"Every job on {cost.DeviceKind}: predicted and measured"), table.Build());
    }

    private static string Error(ReportedJobCost check) =>
        $"{Figures.Points((check.PredictedSeconds - check.MeasuredSeconds) / check.MeasuredSeconds)}\u00A0%";

    private static string Range(double? low, double? high) =>
        low is double from && high is double to ? $"{Seconds(from)}–{Seconds(to)}" : Figures.None;

    // Three significant digits, from milliseconds to hours.
    private static string Seconds(double seconds) => Figures.Fixed(seconds, seconds switch { < 0.1 => 4, < 1 => 3, < 10 => 2, < 100 => 1, _ => 0 });
}
