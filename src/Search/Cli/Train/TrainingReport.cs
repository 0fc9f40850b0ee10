using System.Globalization;
using System.Xml.Linq;
using Bitcurve.Models.Training;
using Bitcurve.Models.Workloads;
using Bitcurve.Search.Report;
using Bitcurve.Search.Report.Sections;

namespace Bitcurve.Search.Cli.Train;

/// <summary>The page that a training leaves: what it reached, how it went, and pictures of what the network makes of samples it never saw.</summary>
internal static class TrainingReport
{
    /// <summary>Writes <c>report.html</c>, which needs nothing else, and the pictures beside it.</summary>
    internal static void Write(string folder, Workload workload, TrainingResult result, TrainingLog log, IReadOnlyList<LearningPicture> pictures)
    {
        if (pictures.Count > 0)
        {
            Directory.CreateDirectory(Path.Combine(folder, "pictures"));
        }

        foreach (var picture in pictures)
        {
            File.WriteAllBytes(Path.Combine(folder, "pictures", $"{picture.Name}.png"), picture.Png);
        }

        File.WriteAllText(Path.Combine(folder, "report.html"), Page(workload, result, log, pictures));
    }

    private static string Page(Workload workload, TrainingResult result, TrainingLog log, IReadOnlyList<LearningPicture> pictures) => Markup.Render(Markup.Element(
        "html",
        Markup.Attribute("lang", "en"),
        Markup.Element(
            "head",
            Markup.Element("meta", Markup.Attribute("charset", "utf-8")),
            Markup.Element("meta", Markup.Attribute("name", "viewport"), Markup.Attribute("content", "width=device-width, initial-scale=1")),
            Markup.Element("meta", Markup.Attribute("name", "color-scheme"), Markup.Attribute("content", "light dark")),
            Markup.Element("title", $"{workload.Name} trained by bitcurve"),
            Markup.Element("style", StyleSheet.Text + "figure img { max-width: 100%; height: auto; border-radius: 0.3rem; }")),
        Markup.Element("body", Markup.Element("main", Headline(workload, result), Pictures(pictures), FiguresOf(result), Quantized(result), Course(workload, log)))));

    private static XElement Headline(Workload workload, TrainingResult result)
    {
        var metric = workload.Problem.Metric;
        string Text(double value) => MetricText.Of(metric, value);
        return Markup.Element(
            "header",
            Markup.Element("p", Markup.Class("kicker"), "bitcurve · ", Markup.Element("b", workload.Name), $" · {workload.Family.Source}"),
            Markup.Element("h1", $"{metric.Name} {Text(result.Test[metric.Name])} on the test split after {Figures.Plural(result.Epochs, "epoch")}"),
            Markup.Element(
                "div",
                Markup.Class("cards"),
                Card(Text(result.Start), "before training, validation"),
                Card(Text(result.Value), "after it, validation"),
                Card(Text(result.Trivial), $"the best answer that does not look{(metric.Goal == MetricGoal.Minimize ? "; lower is better" : "")}"),
                Card(result.Parameters.ToString("N0", CultureInfo.InvariantCulture), "parameters")),
            Markup.Element("p", Markup.Class("muted"), $"The network {workload.Family.Summary}. Seed {result.Seed}, {result.SecondsPerEpoch.ToString("0.##", CultureInfo.InvariantCulture)} s per epoch."));
    }

    private static XElement Card(string value, string label) => Markup.Element("div", Markup.Class("card"), Markup.Element("b", value), Markup.Element("span", label));

    private static IEnumerable<XElement> Pictures(IReadOnlyList<LearningPicture> pictures)
    {
        if (pictures.Count > 0)
        {
            yield return Section.Of("pictures", "What it makes of samples that it never saw", pictures.Select(picture => Markup.Element(
                "figure",
                Markup.Element("img", Markup.Attribute("src", $"data:image/png;base64,{Convert.ToBase64String(picture.Png)}"), Markup.Attribute("alt", picture.Caption)),
                Markup.Element("figcaption", picture.Caption))));
        }
    }

    private static XElement FiguresOf(TrainingResult result)
    {
        var table = new Table("Figures", "figure", "validation#", "test#");
        foreach (var (name, value) in result.Validation)
        {
            table.Row("", name, Number(value), Number(result.Test[name]));
        }

        return Section.Of("figures", "All figures", table.Build());
    }

    private static IEnumerable<XElement> Quantized(TrainingResult result)
    {
        if (result.Quantized is { } quantized)
        {
            var table = new Table("Quantised", "figure", "validation#", "test#");
            foreach (var (name, value) in quantized.Validation)
            {
                table.Row("", name, Number(value), Number(quantized.Test[name]));
            }

            yield return Section.Of(
                "quantized",
                $"With {quantized.Bits} bits",
                Section.Paragraph($"{result.Metric} {Number(quantized.Start)} right after quantisation; after {Figures.Plural(quantized.Epochs, "epoch")} of fine-tuning:"),
                table.Build());
        }
    }

    private static XElement Course(Workload workload, TrainingLog log)
    {
        var metric = workload.Problem.Metric;
        var table = new Table("Course of the training", "epoch#", "loss#", $"validation {metric.Name}#", "seconds#");
        table.Row("", "0", "", MetricText.Of(metric, log.Start), "");
        foreach (var epoch in log.Epochs)
        {
            table.Row("", $"{epoch.Epoch}", Number(epoch.Loss), epoch.Value is { } value ? MetricText.Of(metric, value) : "", epoch.Seconds.ToString("0.0", CultureInfo.InvariantCulture));
        }

        return Section.Of("course", "How it went", log.Epochs.Count > 15 ? table.BuildTall() : table.Build());
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
