using System.Xml.Linq;

namespace Bitcurve.Search.Report.Sections;

/// <summary>Whether the model's intervals hold what they promise, by leaving one configuration out.</summary>
internal static class CalibrationSection
{
    private const string Title = "Can the intervals be trusted?";

    public static XElement Of(SearchReport report) => report.Calibration is ReportedCalibration calibration
        ? Section.Of("calibration", Title, Section.Paragraph(calibration.Verdict), TableOf(calibration, report.Tasks[^1]), Caption)
        : Section.Of("calibration", Title, Section.Note("The search had no model, so there are no intervals to check."));

    private static XElement Caption => Section.Paragraph(
        Markup.Class("muted"),
        "Each network is predicted from the measurements of all others, at every training length at once. A residual is the error over the "
        + "deviation that the model states (at the target, after widening by what leaving networks out showed it to lack): its root mean square is 1 when the model knows how wrong it is. Log density is in nats, in the "
        + "model's standardised units; −1.42 would be knowing only mean and spread. The model's hyperparameters have seen all measurements, "
        + "and the networks were picked by the search, so on fresh ones expect a little worse.");

    private static XElement TableOf(ReportedCalibration calibration, int target)
    {
        var table = new Table(
            "Calibration by training length", "training", "networks#", "inside 90 %#", "inside 50 %#", "residual, RMS#", "log density, mean#");
        foreach (ReportedTaskCalibration task in calibration.Tasks)
        {
            table.Row(
                "",
                Figures.Plural(task.Epochs, "epoch") + (task.Epochs == target ? " (target)" : ""),
                task.Observations,
                Figures.Percent(task.Coverage90, 0),
                Figures.Percent(task.Coverage50, 0),
                Number(task.RmsStandardizedResidual),
                Number(task.MeanLogDensity));
        }

        return table.Build();
    }

    private static string Number(double? value) => value is double number
        ? Figures.Fixed(number, 2).Replace("-", "−", StringComparison.Ordinal)
        : Figures.None;
}
