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
    public void Options_ProgressWithReadings_RoundTripsAndLeavesOutWhatIsUnknown()
    {
        var progress = new JobProgress(1, null, [], 2.5);
        const string silent = """{"epochsDone":1,"checkpoint":null,"measurements":[],"trainSeconds":2.5""";

        Assert.Equal($$"""{{silent}}}""", JsonSerializer.Serialize(progress, JobJson.Options));
        var telling = progress with { ImagesPerSecond = 12.5, Device = new DeviceReading(MemoryUsedBytes: 3, Utilization: 0.5) };
        var json = JsonSerializer.Serialize(telling, JobJson.Options);
        Assert.Equal($$$"""{{{silent}}},"imagesPerSecond":12.5,"device":{"memoryUsedBytes":3,"utilization":0.5}}""", json);
        var read = JsonSerializer.Deserialize<JobProgress>(json, JobJson.Options)!;
        Assert.Equal((telling.ImagesPerSecond, telling.Device), (read.ImagesPerSecond, read.Device));
        Assert.Equal(progress, telling.WithoutReadings());
    }

    [Fact]
    public void Options_TraceParent_StandsBesideTheOrderAndOnlyWhereThereIsOne()
    {
        var order = Orders.Baseline();
        var plain = JsonSerializer.Serialize(new LeasedJob("s.1.1", order, default), JobJson.Options);
        var traced = JsonSerializer.Serialize(new LeasedJob("s.1.1", order with { TraceParent = "inner" }, default, "outer"), JobJson.Options);

        Assert.EndsWith("\"expires\":\"0001-01-01T00:00:00+00:00\"}", plain);
        Assert.Equal(plain[..^1] + ",\"traceParent\":\"outer\"}", traced);
    }

    [Fact]
    public void Options_DivergedMetric_ReadsBackAsNaN()
    {
        var json = JsonSerializer.Serialize(new Measurement(1, double.NaN), JobJson.Options);

        Assert.Equal("""{"epochs":1,"accuracy":"NaN","checkpoint":null}""", json);
        Assert.True(double.IsNaN(JsonSerializer.Deserialize<Measurement>(json, JobJson.Options)!.Accuracy));
    }
}
