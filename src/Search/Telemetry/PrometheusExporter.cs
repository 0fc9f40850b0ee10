using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Bitcurve.Search.Telemetry;

/// <summary>Writes all metrics as one page of Prometheus text whenever it is asked to. Thread-safe.</summary>
[ExportModes(ExportModes.Pull)]
public sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly int CollectTimeoutMs = (int)TimeSpan.FromSeconds(10).TotalMilliseconds;

    private readonly Lock gate = new();
    private string page = "";

    /// <inheritdoc/>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>The page as of now.</summary>
    public string Scrape()
    {
        lock (gate)
        {
            // Nothing measured yet is no collection, and no fault either.
            page = "";
            Collect?.Invoke(CollectTimeoutMs);
            return page;
        }
    }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        var families = new SortedDictionary<string, PrometheusFamily>(StringComparer.Ordinal);
        foreach (Metric metric in batch)
        {
            Add(families, metric);
        }

        var text = new StringBuilder();
        foreach (PrometheusFamily family in families.Values)
        {
            family.WriteTo(text);
        }

        page = text.ToString();
        return ExportResult.Success;
    }

    private static void Add(SortedDictionary<string, PrometheusFamily> families, Metric metric)
    {
        if (PrometheusNames.KindOf(metric.MetricType) is not PrometheusKind kind)
        {
            return;
        }

        string name = PrometheusNames.Metric(metric.Name, metric.Unit, kind);
        if (!families.TryGetValue(name, out PrometheusFamily? family))
        {
            families[name] = family = new PrometheusFamily(name, kind, metric.Description.Length > 0 ? metric.Description : metric.Name);
        }

        // Prometheus would refuse the whole page over one name with two types.
        if (family.Kind == kind)
        {
            AddPoints(family, metric);
        }
    }

    private static void AddPoints(PrometheusFamily family, Metric metric)
    {
        foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
        {
            List<KeyValuePair<string, object?>> labels = LabelsOf(point);
            switch (metric.MetricType)
            {
                case MetricType.Histogram:
                    family.Add(labels, BucketsOf(point), point.GetHistogramSum(), point.GetHistogramCount());
                    break;
                case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                    family.Add(labels, point.GetSumLong());
                    break;
                case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                    family.Add(labels, point.GetSumDouble());
                    break;
                case MetricType.LongGauge:
                    family.Add(labels, point.GetGaugeLastValueLong());
                    break;
                default:
                    family.Add(labels, point.GetGaugeLastValueDouble());
                    break;
            }
        }
    }

    private static List<KeyValuePair<string, object?>> LabelsOf(in MetricPoint point)
    {
        var labels = new List<KeyValuePair<string, object?>>(point.Tags.Count);
        foreach (KeyValuePair<string, object?> tag in point.Tags)
        {
            labels.Add(tag);
        }

        return labels;
    }

    private static List<(double UpperEnd, long Count)> BucketsOf(in MetricPoint point)
    {
        var buckets = new List<(double, long)>();
        foreach (HistogramBucket bucket in point.GetHistogramBuckets())
        {
            buckets.Add((bucket.ExplicitBound, bucket.BucketCount));
        }

        return buckets;
    }
}
