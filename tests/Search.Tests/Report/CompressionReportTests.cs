using System.Xml.Linq;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Report;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Tests.Selection;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Report;

/// <summary>Reports of searches whose levels are harmonics, or that skip layers.</summary>
public sealed class CompressionReportTests
{
    [Fact]
    public void Of_Harmonics_SaysSoEverywhere()
    {
        SearchReport report = ReportOf("harmonics:bezier:2");
        string page = HtmlReport.Of(report);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], report.Uniform.Select(uniform => uniform.LevelOrBits()));
        Assert.Contains("harmonics for", page);
        Assert.Contains("Harmonics per layer", page);
        Assert.Contains("smaller than 7 harmonics everywhere", page);
        Assert.Contains("for each harmonic beyond 4 per layer", page);
        Assert.Contains("chosen harmonics", page);
        Assert.DoesNotContain("bit-widths", page);
        Assert.DoesNotContain("bits everywhere", page);
        Assert.Equal(page, HtmlReport.Of(ReportJson.Deserialize(ReportJson.Serialize(report))));
    }

    [Fact]
    public void Of_BitsAndHarmonicsWithASkippedLayer_ShowsBothAndFp32()
    {
        SearchReport report = ReportOf("joint:bezier:2", "first");
        XElement page = XDocument.Parse(HtmlReport.Of(report)).Root!;
        string chosen = report.Chosen!.Bits.ToString();
        string[] levels = [.. page.Descendants("section").Single(section => (string?)section.Attribute("id") == "layers")
            .Descendants("tr").Skip(1).Select(row => row.Elements().Last().Value)];

        Assert.Equal(["FP32", .. Enumerable.Range(0, 7).Select(layer => $"{chosen[layer]} / {chosen[7 + layer]}")], levels);
        Assert.Contains(report.TextOf(report.Chosen.Bits), TrialsCsv.Of(report));
        Assert.Contains("8 bits and all harmonics everywhere", page.ToString());
    }

    [Fact]
    public void Serialize_Bits_DoesNotNameTheSubject() => Assert.DoesNotContain("subject", ReportJson.Serialize(ReportSearches.Report));

    private static SearchReport ReportOf(string space, params string[] skip)
    {
        SearchDefinition definition = new SearchRequest
        {
            Workload = CompressionProblem.Workload.Name,
            Space = space,
            Quantizer = new QuantizerSettings(Skip: skip),
            Budget = "60epochs",
            Selection = new SelectionSettings { Strategy = "random" },
        }.Define("search", CompressionProblem.Workload);
        return SearchReportBuilder.Build(
            TrainedTable.Run(definition, StrategyCatalogue.Create(definition), accuracy: CompressionProblem.Accuracy), [], ReportSearches.Facts);
    }
}
