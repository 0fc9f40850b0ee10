using System.Xml.Linq;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Report.Sections;

/// <summary>Levels of the networks that matter as coloured strips, with what they need and reach (the thesis's Table 1).</summary>
internal static class ConfigurationsSection
{
    private sealed record Network(BitVector Bits, string Role, long MemoryBytes);

    public static XElement Of(SearchReport report)
    {
        var table = new Table(
            "Configurations", "", "role", $"{LevelWords.Column(report)} per layer", "sum#", "memory#", "validation#", "test#", "runs#",
            report.Words.IsFraction ? "points to FP32#" : "difference to FP32#");
        table.Row(
            "",
            "",
            "FP32",
            BitStrip.Of(report, default),
            Figures.None,
            Figures.Bytes(report.Baseline.MemoryBytes),
            Figures.Value(report.Words, report.Baseline.Accuracy),
            Figures.Value(report.Words, report.Baseline.TestAccuracy),
            report.VerificationOf(default)?.Runs ?? 0,
            "");
        foreach (Network network in Networks(report))
        {
            AddRow(table, report, network);
        }

        return Section.Of(
            "configurations",
            Title(report),
            Section.Paragraph("First layer on the left. ", BitStrip.Scale(), $" {LevelWords.Column(report)}; light is few, dark is many."),
            table.Build(),
            Section.Paragraph(
                Markup.Class("muted"),
                MetricNote(report) + "Validation figures guided the search, so they flatter what was chosen; test figures were read only after it. "
                + Memory(report)));
    }

    /// <summary>Nothing where it goes without saying.</summary>
    private static string MetricNote(SearchReport report) =>
        report.Words is { IsFraction: true, IsMinimized: false } ? "" : $"Figures are the {report.Metric}: {Direction(report.Words)} is better. ";

    private static string Direction(MetricWords words) => words.IsMinimized ? "lower" : "higher";

    private static string Title(SearchReport report)
    {
        string column = LevelWords.Column(report);
        return $"{char.ToUpperInvariant(column[0])}{column[1..]} per layer";
    }

    private static string Memory(SearchReport report) => (report.Subject == CurveSubject.Harmonics
        ? "Memory counts the coefficients of compressed kernels, 32 bits each"
        : "Memory counts quantised weights and their block multipliers")
        + (report.Layers.Any(layer => layer.IsSkipped)
            ? "; layers that the search was told to skip count 32 bits for each weight."
            : "; the layers that stay in FP32 are not included.");

    private static IEnumerable<Network> Networks(SearchReport report)
    {
        IEnumerable<Network> networks = report.Pareto
            .Select(member => new Network(member.Bits, IsUniform(report, member.Bits) ? "Front, uniform" : "Front", member.MemoryBytes));
        if (report.Chosen is ReportedChoice chosen)
        {
            networks = networks.Prepend(new Network(chosen.Bits, "Chosen", chosen.MemoryBytes));
        }

        return networks
            .Concat(report.Verified
                .Where(result => result.Groups.Contains(VerificationGroup.Reversed))
                .Select(result => new Network(result.Bits, "Reversed", result.MemoryBytes)))
            .Concat(report.Uniform.Select(uniform => new Network(uniform.Bits, "Uniform", uniform.MemoryBytes)))
            .DistinctBy(network => network.Bits);
    }

    private static bool IsUniform(SearchReport report, BitVector bits) => report.Uniform.Any(uniform => uniform.Bits == bits);

    private static void AddRow(Table table, SearchReport report, Network network)
    {
        ReportedVerification? test = report.VerificationOf(network.Bits);
        ReportedMeasurement? validation = report.TrialOf(network.Bits)?.Measurements.LastOrDefault();
        string fidelity = validation is null || validation.Epochs == report.Tasks[^1]
            ? ""
            : $" at {Figures.Plural(validation.Epochs, "epoch")}";
        table.Row(
            network.Role == "Chosen" ? "chosen-row" : "",
            Markup.Element("b", FrontLetters.Of(report, network.Bits)),
            network.Role,
            BitStrip.Of(report, network.Bits),
            network.Bits.Sum,
            Figures.Bytes(network.MemoryBytes),
            validation is null ? Figures.None : Figures.Value(report.Words, validation.Accuracy) + fidelity,
            $"{Figures.Value(report.Words, test?.Mean)}{(test?.Deviation is double deviation ? " " + Figures.Deviation(report.Words, deviation) : "")}",
            test?.Runs ?? 0,
            Figures.Difference(report.Words, test?.Mean - report.Baseline.TestAccuracy));
    }
}
