using System.Diagnostics.Metrics;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Telemetry;

namespace Bitcurve.Search.Api.Metrics;

/// <summary>
/// Gauges of where searches and workers stand. Whoever collects metrics gets what was read last: asking the engine takes time that a
/// collection must not wait for, so the page and the watch read first. Thread-safe.
/// </summary>
internal sealed class ServiceInstruments : IDisposable
{
    private readonly Meter meter = new(SearchTelemetry.Name, Product.Version);
    private ServiceStanding standing = ServiceStanding.Unknown;

    public ServiceInstruments()
    {
        CreateOfSearches();
        CreateOfWorkers();
    }

    /// <summary>What is shown from now on.</summary>
    internal ServiceStanding Standing
    {
        get => Volatile.Read(ref standing);
        set => Volatile.Write(ref standing, value);
    }

    public void Dispose() => meter.Dispose();

    private void CreateOfSearches()
    {
        meter.CreateObservableGauge(
            "bitcurve.search.jobs", () => Standing.Searches.SelectMany(JobsOf), "{job}", "Jobs of a search by where they stand.");
        OfSearches("bitcurve.search.best.accuracy", "Measured accuracy (or the workload's other metric) of the network that would be chosen now.", search => search.BestAccuracy);
        OfSearches("bitcurve.search.best.effective", "Effective accuracy of the network that would be chosen now, in its metric's unit.", search => search.BestEffective);
        OfSearches("bitcurve.search.expected_regret", "Effective accuracy that stopping now is expected to lose; of a metric that is no fraction, the part of FP32's value.", search => search.ExpectedRegret);
        OfSearches("bitcurve.search.budget.left", "Part of the budget that is left.", search => search.BudgetLeft);
        OfSearches("bitcurve.search.information_gain", "Information that the last decision expected.", search => search.InformationGain, "{nat}");
        meter.CreateObservableGauge(
            "bitcurve.search.running",
            () => Standing.Searches.Select(search => new Measurement<int>(
                search.State == SearchStatus.Running ? 1 : 0, Tag("search", search.Id), Tag("workload", search.Workload))),
            description: "1 for a search that runs, 0 for one that is paused.");
    }

    private void CreateOfWorkers()
    {
        meter.CreateObservableGauge(
            "bitcurve.workers",
            () => Enum.GetValues<WorkerState>().Select(state => new Measurement<int>(
                Standing.Workers.Count(worker => worker.State == state), Tag("state", state.ToString().ToLowerInvariant()))),
            "{worker}",
            "Workers by whether they are there.");
        meter.CreateObservableGauge(
            "bitcurve.worker.busy",
            () => Online.Select(worker => new Measurement<int>(worker.Lease is null ? 0 : 1, Tag("worker", worker.WorkerId))),
            description: "1 for a worker that has a job, 0 for an idle one.");
        OfWorkers("bitcurve.worker.throughput", "{image}/s", "Images that a worker trains on.", worker => worker.ImagesPerSecond);
        OfWorkers("bitcurve.worker.device.memory.used", "By", "Memory in use on a worker's device.", worker => worker.Device?.MemoryUsedBytes);
        OfWorkers("bitcurve.worker.device.memory.size", "By", "Memory of a worker's device.", worker => worker.Device?.MemoryBytes);
        OfWorkers("bitcurve.worker.device.utilization", "1", "Part of a worker's device that is busy.", worker => worker.Device?.Utilization);
    }

    private IEnumerable<WorkerStatus> Online => Standing.Workers.Where(worker => worker.State == WorkerState.Online);

    private void OfSearches(string name, string description, Func<SearchSummary, double?> value, string unit = "1") => meter.CreateObservableGauge(
        name,
        () => Standing.Searches.Where(search => value(search) is not null)
            .Select(search => new Measurement<double>(value(search)!.Value, Tag("search", search.Id))),
        unit,
        description);

    private void OfWorkers(string name, string unit, string description, Func<WorkerStatus, double?> value) => meter.CreateObservableGauge(
        name,
        () => Online.Where(worker => value(worker) is not null)
            .Select(worker => new Measurement<double>(value(worker)!.Value, Tag("worker", worker.WorkerId), Tag("device", worker.DeviceKind))),
        unit,
        description);

    private static IEnumerable<Measurement<int>> JobsOf(SearchSummary search) =>
    [
        new(search.Jobs.Queued, Tag("search", search.Id), Tag("state", "queued")),
        new(search.Jobs.Running, Tag("search", search.Id), Tag("state", "running")),
        new(search.Jobs.Succeeded, Tag("search", search.Id), Tag("state", "succeeded")),
        new(search.Jobs.Failed, Tag("search", search.Id), Tag("state", "failed")),
    ];

    private static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);
}
