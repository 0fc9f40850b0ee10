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
    public void Options_DivergedMetric_ReadsBackAsNaN()
    {
        var json = JsonSerializer.Serialize(new Measurement(1, double.NaN), JobJson.Options);

        Assert.Equal("""{"epochs":1,"accuracy":"NaN","checkpoint":null}""", json);
        Assert.True(double.IsNaN(JsonSerializer.Deserialize<Measurement>(json, JobJson.Options)!.Accuracy));
    }
}
