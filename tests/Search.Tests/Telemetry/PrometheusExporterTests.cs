using System.Diagnostics.Metrics;
using Bitcurve.Search.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Bitcurve.Search.Tests.Telemetry;

/// <summary>The page that Prometheus reads, letter by letter as its text format 0.0.4 demands.</summary>
public sealed class PrometheusExporterTests : IDisposable
{
    private readonly Meter meter = new($"Tests.{Guid.NewGuid():N}");
    private readonly PrometheusExporter exporter = new();
    private readonly MeterProvider provider;

    public PrometheusExporterTests() =>
        provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddReader(new BaseExportingMetricReader(exporter)).Build();

    [Fact]
    public void Scrape_NothingMeasured_IsEmpty() => Assert.Equal("", exporter.Scrape());

    [Fact]
    public void Scrape_Counter_EndsInTotalAndKeepsCounting()
    {
        Counter<long> jobs = meter.CreateCounter<long>("bitcurve.jobs.ended", "{job}", "Jobs that ended.");
        jobs.Add(2, Tag("search", "a"), Tag("outcome", "failed"));
        exporter.Scrape();
        jobs.Add(1, Tag("search", "a"), Tag("outcome", "failed"));

        Assert.Equal(
            """
            # HELP bitcurve_jobs_ended_total Jobs that ended.
            # TYPE bitcurve_jobs_ended_total counter
            bitcurve_jobs_ended_total{outcome="failed",search="a"} 3

            """,
            exporter.Scrape());
    }

    [Fact]
    public void Scrape_Histogram_CountsEachBucketWithAllBelowIt()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2.5] };
        Histogram<double> duration = meter.CreateHistogram("bitcurve.decision.duration", "s", "Time.", advice: advice);
        foreach (double seconds in (double[])[0.25, 0.5, 2, 8])
        {
            duration.Record(seconds, Tag("strategy", "random"));
        }

        // An upper end belongs to its bucket.
        Assert.Equal(
            """
            # HELP bitcurve_decision_duration_seconds Time.
            # TYPE bitcurve_decision_duration_seconds histogram
            bitcurve_decision_duration_seconds_bucket{strategy="random",le="0.5"} 2
            bitcurve_decision_duration_seconds_bucket{strategy="random",le="1"} 2
            bitcurve_decision_duration_seconds_bucket{strategy="random",le="2.5"} 3
            bitcurve_decision_duration_seconds_bucket{strategy="random",le="+Inf"} 4
            bitcurve_decision_duration_seconds_sum{strategy="random"} 10.75
            bitcurve_decision_duration_seconds_count{strategy="random"} 4

            """,
            exporter.Scrape());
    }

    [Fact]
    public void Scrape_HistogramWithoutLabels_HasOnlyTheUpperEnd()
    {
        meter.CreateHistogram("wait", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1] }).Record(0.5);

        Assert.Equal("# HELP wait wait\n# TYPE wait histogram\nwait_bucket{le=\"1\"} 1\nwait_bucket{le=\"+Inf\"} 1\nwait_sum 0.5\nwait_count 1\n", exporter.Scrape());
    }

    [Theory]
    [InlineData("bitcurve.search.budget.left", "1", "bitcurve_search_budget_left_ratio")]
    [InlineData("bitcurve.worker.throughput", "{image}/s", "bitcurve_worker_throughput_per_second")]
    [InlineData("bitcurve.worker.device.memory.used", "By", "bitcurve_worker_device_memory_used_bytes")]
    [InlineData("bitcurve.search.jobs", "{job}", "bitcurve_search_jobs")]
    [InlineData("bitcurve.worker.busy", "", "bitcurve_worker_busy")]
    [InlineData("speed", "m/s", "speed_m_per_second")]
    [InlineData("wait.seconds", "s", "wait_seconds")]
    [InlineData("gpu/3--load", "", "gpu_3_load")]
    [InlineData("dotnet.timer.count", "{timer}", "dotnet_timer")]
    public void Scrape_Gauge_IsNamedWithItsUnit(string name, string unit, string expected)
    {
        meter.CreateObservableGauge(name, () => 0.5, unit);

        Assert.Equal($"# HELP {expected} {name}\n# TYPE {expected} gauge\n{expected} 0.5\n", exporter.Scrape());
    }

    [Fact]
    public void Scrape_StrangeText_IsEscaped()
    {
        meter.CreateCounter<long>("odd", description: "One\\two\nthree \"four\"").Add(1, Tag("a.b", "say \"hi\"\\\nbye"), Tag("none", null!));

        Assert.Equal(
            "# HELP odd_total One\\\\two\\nthree \"four\"\n# TYPE odd_total counter\nodd_total{a_b=\"say \\\"hi\\\"\\\\\\nbye\",none=\"\"} 1\n",
            exporter.Scrape());
    }

    [Theory]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(1e-7, "1E-07")]
    [InlineData(12345678.5, "12345678.5")]
    public void Scrape_Number_IsOneThatPrometheusReads(double value, string expected)
    {
        meter.CreateObservableGauge("value", () => value);

        Assert.EndsWith($"\nvalue {expected}\n", exporter.Scrape());
    }

    [Fact]
    public void Scrape_WhatIsObservedNoMore_IsGone()
    {
        string[] searches = ["a", "b"];
        meter.CreateObservableGauge("running", () => searches.Select(search => new Measurement<int>(1, Tag("search", search))));
        Assert.Contains("running{search=\"b\"} 1\n", exporter.Scrape());

        searches = ["a"];

        Assert.Equal("# HELP running running\n# TYPE running gauge\nrunning{search=\"a\"} 1\n", exporter.Scrape());
    }

    [Fact]
    public void Scrape_OneNameFromTwoMeters_StandsTogether()
    {
        using var other = new Meter(meter.Name, "2");
        meter.CreateCounter<long>("jobs").Add(1, Tag("from", "one"));
        meter.CreateObservableGauge("alone", () => 7);
        other.CreateCounter<long>("jobs").Add(2, Tag("from", "other"));

        Assert.Equal(
            "# HELP alone alone\n# TYPE alone gauge\nalone 7\n# HELP jobs_total jobs\n# TYPE jobs_total counter\njobs_total{from=\"one\"} 1\njobs_total{from=\"other\"} 2\n",
            exporter.Scrape());
    }

    public void Dispose()
    {
        provider.Dispose();
        meter.Dispose();
    }

    private static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);
}
