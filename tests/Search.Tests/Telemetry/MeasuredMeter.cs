using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Bitcurve.Search.Tests.Telemetry;

/// <summary>What the server's instruments record, as <c>name{key=value,...} number</c>. They belong to the process: filter by search.</summary>
internal sealed class MeasuredMeter : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentQueue<(string Name, string Labels, double Value)> measured = [];

    internal MeasuredMeter(string meter)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == meter)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    /// <summary>Sums of one counter by label, those whose labels contain a text.</summary>
    internal IReadOnlyDictionary<string, double> Sums(string name, string containing) => measured
        .Where(one => one.Name == name && one.Labels.Contains(containing, StringComparison.Ordinal))
        .GroupBy(one => one.Labels, one => one.Value)
        .ToDictionary(group => group.Key, group => group.Sum());

    /// <summary>What one instrument recorded with exactly these labels, in order.</summary>
    internal double[] Values(string name, string labels) => [.. measured.Where(one => one.Name == name && one.Labels == labels).Select(one => one.Value)];

    public void Dispose() => listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        measured.Enqueue((instrument.Name, string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")), value));
}
