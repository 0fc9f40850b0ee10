using System.Diagnostics;
using Bitcurve.Search.Telemetry;
using Bitcurve.Search.Tests.Hosting;
using OpenTelemetry.Trace;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Telemetry;

public sealed class TraceRateSamplerTests
{
    private readonly ManualTime time = new(Start);

    [Fact]
    public void Sample_ManyAtOnce_TakesABurstThenTheRate()
    {
        var sampler = new TraceRateSampler(time);
        Assert.Equal(200, Taken(sampler, 500));

        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(10, Taken(sampler, 500));

        // What was not used within an hour is not kept beyond the burst.
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(200, Taken(sampler, 500));
    }

    [Fact]
    public void Sample_AsOftenAsTheRate_TakesAll()
    {
        var sampler = new TraceRateSampler(time);
        Taken(sampler, 500);
        for (int step = 0; step < 100; step++)
        {
            time.Advance(TimeSpan.FromSeconds(0.0625));
            Assert.Equal(1, Taken(sampler, 1));
        }
    }

    private static int Taken(TraceRateSampler sampler, int asked) => Enumerable.Range(0, asked)
        .Count(_ => sampler.ShouldSample(new SamplingParameters(default, ActivityTraceId.CreateRandom(), "request", ActivityKind.Server)).Decision == SamplingDecision.RecordAndSample);
}
