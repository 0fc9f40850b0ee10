using System.Globalization;
using System.Text;
using Bitcurve.Models.Architecture;
using Bitcurve.Search.Cli.Remote;

namespace Bitcurve.Search.Cli.Describe;

/// <summary>The table of <c>bitcurve describe</c>.</summary>
internal static class DescribeText
{
    internal static string Of(DescribedNetwork network)
    {
        var hasSeries = network.Layers.Any(layer => layer.Harmonics is not null);
        string[] Columns(string layer, string shape, string weights, string stored, string harmonics, string bits, string bytes, string macs) =>
            hasSeries ? [layer, shape, weights, stored, harmonics, bits, bytes, macs] : [layer, shape, weights, bits, bytes, macs];

        List<string[]> rows = [Columns("layer", "shape", "weights", "stored", "harmonics", "bits", "bytes", "MACs")];
        rows.AddRange(network.Layers.Select(layer => Columns(
            layer.Name,
            Placement.Text(layer.Shape),
            Number(layer.Weights),
            Number(layer.Stored),
            layer.Harmonics is { } harmonics ? Number(harmonics) : "-",
            layer.Bits is { } bits ? Number(bits) : SchemeText.Fp32,
            Number(layer.Bytes),
            Number(layer.Macs))));
        var totals = network.Totals;
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{network.Network}, input {Placement.Text(network.Input)}: {network.Layers.Count} convolutions");
        text.AppendLine();
        text.Append(TextTable.Of(rows, column => column >= 2));
        text.AppendLine();
        Line(text, "weights", $"{Number(totals.Weights)} in convolutions, {Number(totals.Fp32Bytes)} bytes in FP32");
        if (hasSeries)
        {
            Line(text, "series", $"{Number(totals.Stored)} coefficients and weights stored, {Percent(totals.Stored, totals.Weights)} of the weights");
        }

        if (network.Layers.All(layer => layer.Bits is null))
        {
            Line(text, "stored", $"{Bytes(totals.WeightBits)}");
        }
        else
        {
            Line(text, "weights only", $"{Bytes(totals.WeightBits)} ({Percent(totals.WeightBits, 32 * totals.Weights)} of FP32)");
            Line(text, "DSConv", $"{Bytes(totals.DsconvBits)} with one 16-bit multiplier per block ({Percent(totals.DsconvBits, 32 * totals.Weights)} of FP32)");
        }

        Line(text, "bit operations", $"{Number(totals.BitOperations)} (MACs x bits x bits; FP32 counts 32)");
        Line(text, "MACs", $"{Number(totals.Macs)} for one sample, the last layer included");
        Line(text, "parameters", $"{Number(totals.Parameters)}; {Number(totals.OtherParameters)} of them outside the convolutions' weights stay FP32");
        if (network.Costs is { } costs)
        {
            AppendCosts(text, costs);
        }

        return text.ToString();
    }

    // Seed 000, equations 1 to 3; seed 003 counts the same multiplications.
    private static void AppendCosts(StringBuilder text, IReadOnlyList<SplitConvolution> costs)
    {
        text.AppendLine();
        if (costs.Count == 0)
        {
            text.AppendLine("split convolutions: none");
            return;
        }

        List<string[]> rows = [["split convolution", "kind", "k", "c_F", "c_G", "positions", "standard", "first step", "second step", "split", "ratio", "formula"]];
        rows.AddRange(costs.Select(cost => (string[])
        [
            $"{cost.First} + {cost.Second}",
            cost.Kind,
            Placement.Text(cost.Kernel),
            Number(cost.Inputs),
            Number(cost.Outputs),
            Number(cost.Positions),
            Number(cost.StandardCost),
            Number(cost.FirstCost),
            Number(cost.SecondCost),
            Number(cost.SplitCost),
            string.Create(CultureInfo.InvariantCulture, $"{cost.Ratio:0.0000}"),
            Formula(cost),
        ]));
        text.Append(TextTable.Of(rows, column => column is >= 3 and <= 10));
        text.AppendLine();
        var (standard, split) = (costs.Sum(cost => cost.StandardCost), costs.Sum(cost => cost.SplitCost));
        Line(text, "standard", $"{Number(standard)} multiplications, {Number(costs.Sum(cost => cost.StandardWeights))} weights if none were split");
        Line(text, "split", $"{Number(split)} multiplications ({Percent(split, standard)}), {Number(costs.Sum(cost => cost.SplitWeights))} weights");
    }

    private static string Formula(SplitConvolution cost)
    {
        var (first, second) = ((double)cost.FirstWeights / cost.StandardWeights, (double)cost.SecondWeights / cost.StandardWeights);
        return cost.Kind == SplitConvolution.Depthwise
            ? string.Create(CultureInfo.InvariantCulture, $"1/c_G + 1/k^{cost.Kernel.Count} = {first:0.0000} + {second:0.0000}")
            : string.Create(CultureInfo.InvariantCulture, $"c_F/(k c_G) + 1/k^2 = {first:0.0000} + {second:0.0000}");
    }

    private static void Line(StringBuilder text, string name, string value) => text.AppendLine(CultureInfo.InvariantCulture, $"{name,-15} {value}");

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    // Decimal and binary: the thesis's tables use both.
    private static string Bytes(long bits) => string.Create(
        CultureInfo.InvariantCulture, $"{(bits + 7) / 8:N0} bytes = {bits / 8e6:0.###} MB = {bits / 8.0 / (1 << 20):0.###} MiB");

    private static string Percent(long part, long whole) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.##} %");
}
