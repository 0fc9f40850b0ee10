using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bitcurve.EndToEnd.Tests;

/// <summary><c>bitcurve describe</c>: exact sizes against the published tables.</summary>
public sealed class DescribeTests : IDisposable
{
    private static readonly string Reference = Path.Combine(AppContext.BaseDirectory, "reference", "seed_tables.json");

    private static readonly string Volumes = Path.Combine(AppContext.BaseDirectory, "reference", "volume_tables.json");

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Rows_OfThePublishedTables_AreExact()
    {
        var expected = Elements(await File.ReadAllTextAsync(Reference, TestContext.Current.CancellationToken));

        var finished = await Executable.RunAsync(scratch, "describe", "--rows", Reference);

        Assert.True(finished.ExitCode == 0, finished.Error);
        var actual = Elements(finished.Output);
        Assert.Equal(expected.Select(Line), actual.Select(Line));
        Assert.True(expected.Count > 40, "a short reference would prove little");
    }

    // Every row of the thesis's tables 3.2 to 3.5 and of seed 000's tables 1 and 4, counted by a program of its own; what is printed is told by each.
    [Fact]
    public async Task Rows_OfEveryTableOfThreeAxes_AreExactAndRoundToWhatIsPrinted()
    {
        var expected = Elements(await File.ReadAllTextAsync(Volumes, TestContext.Current.CancellationToken));

        var finished = await Executable.RunAsync(scratch, "describe", "--rows", Volumes);

        Assert.True(finished.ExitCode == 0, finished.Error);
        Assert.Equal(expected.Select(Line), Elements(finished.Output).Select(Line));
        Assert.Equal(94, expected.Count);
        foreach (var row in expected)
        {
            var (printed, value) = (row["printed"]!.GetValue<string>(), row["value"]!.GetValue<decimal>() / row["unit"]!.GetValue<decimal>());
            var decimals = printed.Contains('.') ? printed.Split('.')[1].Length : 0;
            var misprint = row["misprint"]?.GetValue<string>();
            var rounded = misprint?.Contains("cut off") == true ? Math.Floor(value) : Math.Round(value, decimals, MidpointRounding.AwayFromZero);
            Assert.Equal(printed, rounded.ToString($"F{decimals}", CultureInfo.InvariantCulture));
            if (misprint is not null)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"misprint in {row["source"]}: '{row["config"]}', {printed}: {misprint}");
            }
        }
    }

    [Fact]
    public async Task Rows_OneThatCannotBeComputed_IsNamedAndTheOthersArePrinted()
    {
        var file = scratch.PathOf("rows.json");
        await File.WriteAllTextAsync(
            file,
            """
            [{"id": "a", "network": "vgg8", "quantity": "weight_bits", "bits": [8, 8]},
             {"id": "b", "network": "vgg8", "quantity": "dsconv_bits", "bits": [1, 1, 1, 1, 1, 1, 1, 1]}]
            """,
            TestContext.Current.CancellationToken);

        var finished = await Executable.RunAsync(scratch, "describe", "--rows", file);

        Assert.Equal(2, finished.ExitCode);
        Assert.Equal($"bitcurve: {file}: row a: bits: expected 8 entries, one per convolution of vgg8, or 1 for all, actual 2", finished.Error.Trim());

        // 115,632 weights of one bit, 4,464 blocks (shapes32.md).
        Assert.Equal(115_632 + (16 * 4_464), Elements(finished.Output)[1]["value"]!.GetValue<long>());
    }

    [Fact]
    public async Task Network_WithBitsAndHarmonics_IsATableWithTotals()
    {
        var finished = await Executable.RunAsync(scratch, "describe", "--network", "resnet8", "--bits", "6,5,5,4,fp,3,2", "--harmonics", "3,3,2,2");

        Assert.Equal(0, finished.ExitCode);
        Assert.Contains("resnet8, input 3x32x32: 7 convolutions", finished.Output);

        // 32 x 32 filters of 2 x 2 coefficients in FP32; 64 x 64 of 2 bits and 2 x 4 blocks of 32 channels for each of the 64.
        Assert.Matches(@"layer2\.0\.conv2 +32x32x3x3 +9,216 +4,096 +2 +fp +16,384 +589,824\r?\n", finished.Output);
        Assert.Matches(@"layer3\.0\.conv2 +64x64x3x3 +36,864 +16,384 +2 +2 +5,120 +589,824\r?\n", finished.Output);
        Assert.Contains("35,760 coefficients and weights stored", finished.Output);
    }

    [Fact]
    public async Task Json_HasTheTotalsOfTheTable()
    {
        var finished = await Executable.RunAsync(scratch, "describe", "--network", "vgg16", "--curve", "bezier:0.6,0", "--json");

        var network = JsonNode.Parse(finished.Output)!;
        Assert.Equal([6, 5, 5, 5, 4, 4, 3, 3, 3, 2, 2, 1, 1], network["layers"]!.AsArray().Select(layer => layer!["bits"]!.GetValue<int>()));
        Assert.Equal(14_710_464, network["totals"]!["weights"]!.GetValue<long>());
        Assert.Equal(14_728_266, network["totals"]!["parameters"]!.GetValue<long>());
    }

    [Fact]
    public async Task Bits_OfR3d_AreSeventeenAndShortcutsTakeTheirBlocks()
    {
        var finished = await Executable.RunAsync(scratch, "describe", "--network", "r3d-18", "--bits", "66555444433332222", "--input", "3x8x64x64", "--json");

        var network = JsonNode.Parse(finished.Output)!;
        Assert.Equal(
            [6, 6, 5, 5, 5, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2],
            network["layers"]!.AsArray().Select(layer => layer!["bits"]!.GetValue<int>()));
        Assert.Equal(77_202_816, network["totals"]!["weightBits"]!.GetValue<long>());
        Assert.Null(network["costs"]);
    }

    // Seed 000, equations 1 and 2, by hand: k = 3, c_F = 64, c_G = 128, 16^3 positions.
    [Fact]
    public async Task Costs_OfADepthwiseNetwork_AreTheSeedsTerms()
    {
        var json = await Executable.RunAsync(scratch, "describe", "--network", "vgg13-3d", "--variant", "depthwise", "--input", "1x32x32x32", "--costs", "--json");
        var text = await Executable.RunAsync(scratch, "describe", "--network", "vgg13-3d", "--variant", "depthwise", "--input", "1x32x32x32", "--costs");

        var cost = JsonNode.Parse(json.Output)!["costs"]!.AsArray().Single(one => one!["first"]!.GetValue<string>() == "features.13")!;
        Assert.Equal(27L * 64 * 128 * 4096, cost["standardCost"]!.GetValue<long>());
        Assert.Equal((27L * 64 * 4096) + (64L * 128 * 4096), cost["splitCost"]!.GetValue<long>());
        Assert.Equal((1.0 / 128) + (1.0 / 27), cost["ratio"]!.GetValue<double>(), 1e-15);
        Assert.Matches(@"features\.13 \+ features\.16 +depthwise +3x3x3 +64 +128 +4,096 +905,969,664 +7,077,888 +33,554,432 +40,632,320 +0\.0448 +1/c_G \+ 1/k\^3 = 0\.0078 \+ 0\.0370", text.Output);
    }

    [Fact]
    public async Task Describe_LargestNetwork_NeedsNoTensorLibrary()
    {
        var start = new System.Diagnostics.ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "bitcurve"), ["describe", "--network", "convnext-t", "--bits", "4"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LD_DEBUG"] = "files"; // glibc names every library that it loads
        using var process = System.Diagnostics.Process.Start(start)!;
        var finished = await Executable.FinishAsync(
            process,
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));

        Assert.Equal(0, finished.ExitCode);
        Assert.Contains("libcoreclr.so", finished.Error);
        Assert.DoesNotContain("torch", finished.Error);
    }

    [Theory]
    [InlineData("unknown network 'vgg9': expected one of convnext-t, ", "--network", "vgg9")]
    [InlineData("--network: expected the name of a network, actual none")]
    [InlineData("bits: expected 8 entries, one per convolution of vgg8, or 1 for all, actual 2", "--network", "vgg8", "--bits", "6,5")]
    [InlineData("bits of layer 1: expected 1..8 or fp, actual '9'", "--network", "vgg8", "--bits", "6,9,1,1,1,1,1,1")]
    [InlineData("harmonics: expected 17 entries, one per compressible convolution of resnet18, or 5, one per stage, or 1 for all, actual 2", "--network", "resnet18", "--harmonics", "8,3")]
    [InlineData("--input: expected CxHxW such as 3x32x32 or CxDxHxW such as 1x64x64x64, actual '3x8'", "--network", "vgg8", "--input", "3x8")]
    [InlineData("features: expected at least 2 positions along each axis, actual 1", "--network", "vgg16", "--input", "3x16x16")]
    [InlineData("bits: expected 20 entries, one per convolution of r3d-18, or 17, one per convolution that does not share another's, or 1 for all, actual 3", "--network", "r3d-18", "--bits", "6,5,4")]
    [InlineData("variant: expected standard, pseudo3d or depthwise, actual 'dw'", "--network", "rec6", "--variant", "dw")]
    [InlineData("unknown network 'voxnet-depthwise': expected one of ", "--network", "voxnet", "--variant", "depthwise")]
    [InlineData("feat.conv3d_1: expected an input with 3 axes, actual 3x32x32", "--network", "voxnet", "--input", "3x32x32")]
    [InlineData("--bits and --curve: expected one of the two, actual both", "--network", "vgg8", "--bits", "4", "--curve", "bezier:0,1")]
    public async Task Describe_BadInput_IsOneLineAndExitCode2(string expected, params string[] arguments)
    {
        var finished = await Executable.RunAsync(scratch, ["describe", .. arguments]);

        Assert.Equal(2, finished.ExitCode);
        Assert.StartsWith($"bitcurve: {expected}", finished.Error);
        Assert.Single(finished.Error.TrimEnd().Split('\n'));
        Assert.Empty(finished.Output);
    }

    private static List<JsonNode> Elements(string json) => [.. JsonNode.Parse(json)!.AsArray().Select(node => node!)];

    private static string Line(JsonNode row) => $"{row["id"]}: {row["value"]!.ToJsonString(new JsonSerializerOptions())}";
}
