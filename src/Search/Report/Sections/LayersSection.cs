using System.Globalization;
using System.Xml.Linq;

namespace Bitcurve.Search.Report.Sections;

/// <summary>The quantised layers and what the chosen levels make of them.</summary>
internal static class LayersSection
{
    public static XElement Of(SearchReport report)
    {
        var table = new Table("Layers", "#", "layer", "weight shape", "weights#", "share of weights#", "MACs#", $"chosen {LevelWords.Column(report)}#");
        long weights = report.Layers.Sum(layer => layer.Weights);
        int searched = 0;
        var own = new Dictionary<string, string>();
        for (int index = 0; index < report.Layers.Count; index++)
        {
            ReportedLayer layer = report.Layers[index];
            string levels = layer switch
            {
                { IsSkipped: true } => "FP32",
                { SharesWith: string owner } => $"{own[owner]} (as {owner})",
                _ => own[layer.Name] = LevelsOf(report, searched++),
            };
            table.Row(
                "",
                index + 1,
                Markup.Element("code", layer.Name),
                string.Join(" × ", layer.WeightShape),
                Figures.Count(layer.Weights),
                Figures.Percent((double)layer.Weights / weights),
                Figures.Count(layer.Macs),
                levels);
        }

        return Section.Of("layers", "Layers", table.Build());
    }

    private static string LevelsOf(SearchReport report, int layer)
    {
        if (report.Chosen is not ReportedChoice chosen)
        {
            return Figures.None;
        }

        int layers = report.Layers.Count(one => one is { IsSkipped: false, SharesWith: null });
        return string.Join(" / ", Enumerable.Range(0, chosen.Bits.Count / layers)
            .Select(curve => chosen.Bits[(curve * layers) + layer].ToString(CultureInfo.InvariantCulture)));
    }
}
