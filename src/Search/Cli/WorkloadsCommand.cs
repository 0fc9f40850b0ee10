using System.CommandLine;
using System.Text.Json;
using Bitcurve.Models.Training;
using Bitcurve.Models.Workloads;
using Bitcurve.Search.Cli.Train;

namespace Bitcurve.Search.Cli;

/// <summary><c>bitcurve workloads</c>: what can be trained and searched.</summary>
internal static class WorkloadsCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON." };

    internal static Command Create()
    {
        var command = new Command("workloads", "Lists the systems that train here: network, where it comes from, metric, quantisable layers, data.") { Json };
        command.SetAction(parsed => Console.Write(parsed.GetValue(Json) ? AsJson() : AsText()));
        return command;
    }

    private static string AsJson() => JsonSerializer.Serialize(SystemCatalogue.Families.Select(ListedWorkload.Of), SingleTraining.Line) + "\n";

    private static string AsText()
    {
        var lines = new List<string>();
        foreach (var family in SystemCatalogue.Families)
        {
            var layers = family.Layers(WorkloadScale.Full).Count;
            lines.Add($"{family.Network,-22} {family.Summary}: {family.Metric.Name}{(family.Metric.Goal == MetricGoal.Minimize ? " (lower is better)" : "")}; {(layers == 0 ? "nothing to quantise" : $"{layers} quantisable layers")}; {family.Source}");
            lines.Add($"{"",-22}   data {string.Join(", ", family.Data.Select(data => data.Text))}{(family.Scales.Contains(WorkloadScale.Small) ? "; scales full, small" : "")}");
        }

        lines.Add("");
        lines.Add("A workload is NETWORK/DATA, or NETWORK alone for its first data; @small (or --scale small) where there are two sizes. DIR holds published files:");
        lines.AddRange(SystemCatalogue.Families.SelectMany(family => family.Data).DistinctBy(data => data.Text).Select(data => $"  {data.Text,-20} {data.Summary}"));
        lines.Add("Examples: bitcurve run --workload resnet8/shapes32; bitcurve train --workload voxnet --scale small");
        return string.Join('\n', lines) + "\n";
    }

    private sealed record ListedWorkload
    {
        /// <summary>Without the scale.</summary>
        public required string Name { get; init; }

        public required string Network { get; init; }

        public required string Source { get; init; }

        public required string Summary { get; init; }

        public required ListedMetric Metric { get; init; }

        public required IReadOnlyList<string> Scales { get; init; }

        /// <summary>Of the full scale, in module order.</summary>
        public required IReadOnlyList<QuantizedLayer> Layers { get; init; }

        public required IReadOnlyList<ListedData> Data { get; init; }

        internal static ListedWorkload Of(WorkloadFamily family) => new()
        {
            Name = $"{family.Network}/{family.Data[0].Text}",
            Network = family.Network,
            Source = family.Source,
            Summary = family.Summary,
            Metric = new(family.Metric.Name, family.Metric.Goal == MetricGoal.Minimize ? "minimize" : "maximize", family.Metric.IsFraction),
            Scales = [.. family.Scales.Select(scale => scale.ToString().ToLowerInvariant())],
            Layers = family.Layers(WorkloadScale.Full),
            Data = [.. family.Data.Select(data => new ListedData(data.Text, data.Summary, data.IsFolder ? "files" : "generated"))],
        };
    }

    private sealed record ListedMetric(string Name, string Goal, bool IsFraction);

    private sealed record ListedData(string Name, string Summary, string Kind);
}
