using System.Globalization;
using System.Xml.Linq;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Report.Sections;

/// <summary>What the figures are and are not.</summary>
internal static class ReadingSection
{
    public static XElement Of(SearchReport report) => Section.Of(
        "reading",
        "How to read this",
        Markup.Element(
            "ul",
            Item("Validation and test.", "The search compares networks on the validation split. The test split is read only afterwards, "
                + "to verify. Compare test figures with test figures."),
            Item("Seeds.", $"The search fine-tunes every network once, with seed {report.Seed}. Verification repeats with other seeds "
                + "where the column “runs” says more than 1; only then is there a deviation. All runs start from one FP32 network."),
            Item("Intervals.", "Intervals of the model are its posterior, not frequencies; “Can the intervals be trusted?” counts how "
                + "often they held."),
            Item($"Effective {report.Metric}.", $"{report.Words.Title} {(report.Words.IsMinimized ? "plus" : "less")} a charge for each {LevelWords.One(report.Subject)} beyond 4 per layer; it ranks the networks unless "
                + "another rule was asked for."),
            Item("Memory.", Memory(report) + " 1 kB is 1000 bytes.")),
        Markup.Element(
            "p",
            Markup.Class("muted"),
            $"Made by bitcurve {report.Timings.ProductVersion} on "
            + report.Timings.CreatedAt.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)
            + $". Workload {report.WorkloadHash[..Math.Min(12, report.WorkloadHash.Length)]}. "
            + "The same content for programs: report.json, trials.csv."));

    private static string Memory(SearchReport report) => report.Subject switch
    {
        CurveSubject.Harmonics => "32 bits for each coefficient of a series, or each weight of a kernel that is left alone.",
        CurveSubject.Both => "DSConv: bits × coefficients of the series, plus a multiplier for each block.",
        _ => "DSConv: bits × weights, plus 16 bits for each block multiplier.",
    };

    private static XElement Item(string title, string text) => Markup.Element("li", Markup.Element("b", title), " ", text);
}
