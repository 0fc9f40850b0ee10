using Bitcurve.Workers.Agent.Telemetry;

namespace Bitcurve.Workers.Tests.Telemetry;

public sealed class ThroughputTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void ImagesPerSecond_DuringTheFirstEpoch_IsOfThatAndThenOfTheLast()
    {
        var throughput = new Throughput(time);
        Assert.Null(throughput.ImagesPerSecond);

        throughput.EpochStarts();
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(throughput.ImagesPerSecond);
        throughput.StepDone(64);
        Assert.Equal(32, throughput.ImagesPerSecond);
        time.Advance(TimeSpan.FromSeconds(2));
        throughput.StepDone(256);
        throughput.EpochEnded();
        Assert.Equal(64, throughput.ImagesPerSecond);

        time.Advance(TimeSpan.FromSeconds(100));
        throughput.EpochStarts();
        time.Advance(TimeSpan.FromSeconds(1));
        throughput.StepDone(10);
        Assert.Equal(64, throughput.ImagesPerSecond);
        throughput.EpochEnded();
        Assert.Equal(10, throughput.ImagesPerSecond);
    }
}
