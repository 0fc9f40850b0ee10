using System.Xml.Linq;

namespace Bitcurve.Search.Report.Sections;

/// <summary>What the search used.</summary>
internal static class SpendingSection
{
    public static XElement Of(SearchReport report)
    {
        ReportedTimings timings = report.Timings;
        return Section.Of(
            "spending",
            "Budget and time",
            new Table("Budget and time", "what", "how much#")
                .Row("", "Budget", report.Budget)
                .Row("", "Charged for search jobs", $"{Figures.Short(report.Spent.Epochs)} epochs")
                .Row("", "Search jobs", report.Spent.Jobs)
                .Row("", "Measurements", report.Trials.Sum(trial => trial.Measurements.Count))
                .Row("", "Verification runs", report.Verified.Sum(result => result.Runs))
                .Row("", "Training, all jobs", Figures.Seconds(timings.TrainSeconds))
                .Row("", "Evaluating, all jobs", Figures.Seconds(timings.EvaluationSeconds))
                .Row(
                    "",
                    "Fitting the model and choosing",
                    timings.FitAndChooseSeconds is double seconds
                        ? $"{Figures.Seconds(seconds)} ({Figures.Percent(timings.FitShareOfTraining)} of training)"
                        : "not measured")
                .Row("", "Wall time of the run", Figures.Seconds(timings.TotalSeconds))
                .Row("", "Device", timings.Threads is int threads ? $"{timings.DeviceKind}, {Figures.Plural(threads, "thread")}" : timings.DeviceKind)
                .Build());
    }
}
