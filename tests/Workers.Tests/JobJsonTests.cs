using System.Text.Json;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Tests;

public class JobJsonTests
{
    [Fact]
    public void Options_Order_IsCamelCaseWithNamedEnums()
    {
        var json = JsonSerializer.Serialize(Orders.Baseline() with { TimeLimitSeconds = 60 }, JobJson.Options);

        Assert.Contains("\"kind\":\"baseline\"", json);
        Assert.Contains("\"timeLimitSeconds\":60", json);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<JobOrder>(json, JobJson.Options), JobJson.Options));
    }

    [Fact]
    public void Options_OrderWithHarmonics_RoundTrips()
    {
        var quantizer = new QuantizerSettings(Multipliers: MultiplierPrecision.Fp32, Skip: ["conv1"], Series: SeriesBasis.Chebyshev, Fit: SeriesFit.Gradient);
        var json = JsonSerializer.Serialize(Orders.Baseline() with { Bits = [0, 4], Harmonics = [7, 2], Quantizer = quantizer }, JobJson.Options);

        Assert.Contains("\"bits\":[0,4],\"harmonics\":[7,2]", json);
        Assert.Contains("\"multipliers\":\"fp32\",\"skip\":[\"conv1\"],\"series\":\"chebyshev\",\"fit\":\"gradient\"", json);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<JobOrder>(json, JobJson.Options), JobJson.Options));
    }

    [Fact]
    public void Options_OrderWrittenBeforeHarmonics_HasNone()
    {
        var json = JsonSerializer.Serialize(Orders.Baseline(), JobJson.Options).Replace("\"harmonics\":[],", "", StringComparison.Ordinal);

        Assert.Contains("\"quantizer\":{\"blockSize\":32,\"rounding\":\"nearest\",\"quantizeActivations\":true,\"recalibrateBatchNorm\":false}", json);
        Assert.Empty(JsonSerializer.Deserialize<JobOrder>(json, JobJson.Options)!.Harmonics);
    }

    [Fact]
    public void Options_DivergedMetric_ReadsBackAsNaN()
    {
        var json = JsonSerializer.Serialize(new Measurement(1, double.NaN), JobJson.Options);

        Assert.Equal("""{"epochs":1,"accuracy":"NaN","checkpoint":null}""", json);
        Assert.True(double.IsNaN(JsonSerializer.Deserialize<Measurement>(json, JobJson.Options)!.Accuracy));
    }
}
