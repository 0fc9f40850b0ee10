using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Bitcurve.Models.Architecture;
using Bitcurve.Models.Networks;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Cli.Describe;

/// <summary><c>bitcurve describe</c>: a network's layers and exact sizes, without weights and without a tensor library.</summary>
internal static class DescribeCommand
{
    private static readonly Option<string?> Network = new("--network") { Description = "Which network; 'bitcurve workloads' lists them." };
    private static readonly Option<string?> Bits = new("--bits") { Description = "Bit-width per convolution: 6,5,5,... or 655...; fp for FP32; one entry for all." };
    private static readonly Option<string?> Curve = new("--curve") { Description = "Bit-widths of a curve instead: bezier:0.6,0 or chebyshev:0.6,0.4,0.4,0.4." };
    private static readonly Option<string?> Harmonics = new("--harmonics") { Description = "Harmonics per axis: one per compressible convolution, per stage (6,3,3,3,2), or for all." };
    private static readonly Option<string> Series = new("--series") { Description = "cosine or chebyshev: the same sizes.", DefaultValueFactory = _ => "cosine" };
    private static readonly Option<int> BlockSize = new("--block-size") { Description = "Channels that share one multiplier.", DefaultValueFactory = _ => 32 };
    private static readonly Option<string?> Input = new("--input") { Description = "Size of one sample, CxHxW or CxDxHxW [default: the one that the network was published for]." };
    private static readonly Option<int?> Classes = new("--classes") { Description = "Number of classes [default: as published]." };
    private static readonly Option<string?> Variant = new("--variant") { Description = "standard, pseudo3d or depthwise convolutions, of the networks of seed 000." };
    private static readonly Option<bool> Costs = new("--costs") { Description = "Also print what split convolutions (depthwise separable, pseudo-3D) cost against standard ones." };
    private static readonly Option<string?> Rows = new("--rows") { Description = "JSON file of table rows; prints [{id, value}] with each row's quantity computed." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON instead of a table." };

    private static readonly JsonSerializerOptions JsonForm = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal static Command Create()
    {
        var command = new Command("describe", "Prints a network's layers with shapes, bits, bytes and multiply-accumulates, and exact totals.");
        Option[] options = [Network, Bits, Curve, Harmonics, Series, BlockSize, Input, Classes, Variant, Costs, Rows, Json];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed => parsed.GetValue(Rows) is { } file ? TableRows.Print(file) : Describe(parsed));
        return command;
    }

    private static int Describe(ParseResult parsed)
    {
        var name = parsed.GetValue(Network) ?? throw new ArgumentException("--network: expected the name of a network, actual none");
        if (parsed.GetValue(Series) is not ("cosine" or "chebyshev"))
        {
            throw new ArgumentException($"--series: expected cosine or chebyshev, actual '{parsed.GetValue(Series)}'");
        }

        if (parsed.GetValue(BlockSize) < 1)
        {
            throw new ArgumentException($"--block-size: expected at least 1, actual {parsed.GetValue(BlockSize)}");
        }

        var network = NetworkCatalogue.Describe(NetworkVariant.Name(name, parsed.GetValue(Variant)), parsed.GetValue(Classes), parsed.GetValue(Input) is { } size ? Extents(size) : null);
        var described = DescribedNetwork.Of(
            network,
            BitsOf(parsed, network),
            parsed.GetValue(Harmonics) is { } harmonics ? SchemeText.Harmonics(harmonics, network) : null,
            parsed.GetValue(BlockSize));
        described = parsed.GetValue(Costs) ? described with { Costs = SplitConvolution.Of(network) } : described;
        Console.Write(parsed.GetValue(Json) ? JsonSerializer.Serialize(described, JsonForm) + "\n" : DescribeText.Of(described));
        return CommandLine.Success;
    }

    private static int[]? BitsOf(ParseResult parsed, Blueprint network) => (parsed.GetValue(Bits), parsed.GetValue(Curve)) switch
    {
        (null, null) => null,
        ({ } bits, null) => SchemeText.Bits(bits, network),
        (null, { } curve) => OnCurve(curve, network),
        _ => throw new ArgumentException("--bits and --curve: expected one of the two, actual both"),
    };

    private static int[] OnCurve(string text, Blueprint network)
    {
        var parts = text.Split(':', 2);
        double[] w = [.. (parts.Length == 2 ? parts[1] : "").Split(',').Select(value => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"--curve: expected kind and parameters such as bezier:0.6,0, actual '{text}'"))];
        return SchemeText.Bits(CurveSpace.Parse($"{parts[0]}:{w.Length}", SchemeText.OwnLayers(network).Count).LevelsAt(w), network);
    }

    private static int[] Extents(string text)
    {
        int[] extents = [.. text.Split('x').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var extent) ? extent : 0)];
        return extents.Length is 3 or 4 && extents.All(extent => extent > 0)
            ? extents
            : throw new ArgumentException($"--input: expected CxHxW such as 3x32x32 or CxDxHxW such as 1x64x64x64, actual '{text}'");
    }
}
