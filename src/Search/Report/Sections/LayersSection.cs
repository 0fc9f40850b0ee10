using System.Globalization;
using System.Xml.Linq;

namespace Bitcurve.Search.Report.Sections;

/// <summary>The quantised layers and what the chosen bits make of them.</summary>
internal static class LayersSection
{
    public static XElement Of(SearchReport report)
    {
        var table = new Table("Layers", "#", "layer", "weight shape", "weights#", "share of weights#", "MACs#", "chosen bits#");
        long weights = report.Layers.Sum(layer => layer.Weights);
        for (int index = 0; index < report.Layers.Count; index++)
        {
            ReportedLayer layer = report.Layers[index];
            string bits = report.Chosen?.Bits[index].ToString(CultureInfo.InvariantCulture) ?? Figures.None;
            table.Row(
                "",
                index + 1,
                Markup.Element("code", layer.Name),
                string.Join(" × ", layer.WeightShape),
                Figures.Count(layer.Weights),
                Figures.Percent((double)layer.Weights / weights),
                Figures.Count(layer.Macs),
                bits);
        }

        return Section.Of("layers", "Layers", table.Build());
    }
}
