using System.Xml.Linq;
using Bitcurve.Search.Dashboard;

namespace Bitcurve.Search.Report.Sections;

/// <summary>What the model believes: slices of its functions, and how the training lengths hang together.</summary>
internal static class BeliefSection
{
    /// <summary>Nothing where there is no model, or nothing to draw it with: it has no figures that a table could tell.</summary>
    public static XElement? Of(SearchReport report, ModelPicture? model, ChartBundle charts) => model is not { Unavailable: null } || charts.Script is null ? null : Section.Of(
        "model",
        "What the model believes",
        Section.Figure(
            charts,
            "slices",
            "Cuts through the model along one parameter of the curve, the others as in the chosen network: mean and central 95\u00A0% interval of the "
            + $"validation {report.Metric} after each training length, and the memory. Measured networks near the cut are drawn, the further from it the fainter."),
        Section.Figure(
            charts,
            "correlation",
            $"How much one training length tells about another: correlations of the {(report.Metric == "accuracy" ? "accuracies" : $"{report.Metric}'s values")} without their noise. "
            + (model.TrustsLowFidelities
                ? "Decisions make use of short trainings."
                : "Short trainings did not help to predict the target, so decisions leave them out.")));
}
