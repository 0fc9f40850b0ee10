using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Bench.Load;

/// <summary>Many workers without training against the real server: what does a job cost the service?</summary>
internal static class LoadCommand
{
    internal static readonly IReadOnlyList<string> Options = ["--workers", "--jobs", "--searches", "--store", "--warm-up"];

    private const int Layers = 16;
    private const int WarmUpWorkers = 100;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <returns>0, or 1 where a result was lost or counted twice.</returns>
    internal static async Task<int> RunAsync(CommandArguments arguments)
    {
        var (workers, jobs, searches) = (arguments.Integer("--workers", 1000), arguments.Integer("--jobs", 10_000), arguments.Integer("--searches", 10));
        await using var server = await ServerProcess.StartAsync(arguments.Text("--store") ?? "sqlite");
        using var http = Client(server, workers);
        var info = await http.GetFromJsonAsync<JsonElement>("server");

        // A server lives for weeks: what its first seconds spend on compiling itself is not what a job costs.
        var warming = await PassAsync(http, server, Math.Min(workers, WarmUpWorkers), arguments.Integer("--warm-up", 3000), 1);
        var before = server.ResidentBytes;
        var pass = await PassAsync(http, server, workers, jobs, searches);
        var figures = pass.Figures;
        var stored = await StoredAsync(http);
        var acknowledged = figures.Results - figures.Dropped + warming.Figures.Results - warming.Figures.Dropped;
        Print($"store {info.GetProperty("store").GetString()}, {workers} workers, {searches} searches, {figures.Results} results in {pass.Seconds:0.0} s");
        Print($"  results per second           {figures.Results / pass.Seconds:0}");
        Print($"  lease, median and p95        {figures.Lease().Median:0.0} ms, {figures.Lease().P95:0.0} ms");
        Print($"  heartbeat                    {figures.Heartbeat().Median:0.0} ms, {figures.Heartbeat().P95:0.0} ms");
        Print($"  report                       {figures.Report().Median:0.0} ms, {figures.Report().P95:0.0} ms");
        Print($"  server processor per job     {1000 * pass.ProcessorSeconds / figures.Results:0.00} ms (decision, lease, heartbeat, report)");
        Print($"  memory                       {before / 1e6:0} MB before, {server.ResidentBytes / 1e6:0} MB after; {(server.ResidentBytes - before) / 1e6 / searches:0.0} MB per search");
        Print($"  acknowledged and stored      {acknowledged}, {stored}");
        return stored == acknowledged ? 0 : 1;
    }

    /// <summary>What some jobs cost.</summary>
    /// <param name="Figures">As the workers saw it.</param>
    /// <param name="Seconds">From the first lease to the last result.</param>
    /// <param name="ProcessorSeconds">Of the server in that time.</param>
    internal sealed record Pass(LoadFigures Figures, double Seconds, double ProcessorSeconds);

    internal static HttpClient Client(ServerProcess server, int workers) =>
        new(new SocketsHttpHandler { MaxConnectionsPerServer = workers }) { BaseAddress = new Uri(server.Address, "api/v1/"), Timeout = TimeSpan.FromMinutes(5) };

    internal static async Task<Pass> PassAsync(HttpClient http, ServerProcess server, int workers, int jobs, int searches)
    {
        var workload = new WorkloadDescription("load/synthetic", new string('a', 64), "accuracy", [.. Enumerable.Range(1, Layers).Select(k => new LayerDescription($"layer{k}", [64, 64, 3, 3], 1_000_000))], 1);
        for (var k = 0; k < searches; k++)
        {
            using var created = await http.PostAsJsonAsync("searches", Request(workload, jobs / searches, k), SearchJson.Options);
            created.EnsureSuccessStatusCode();
        }

        var figures = new LoadFigures();
        using var done = new CancellationTokenSource();
        var (processor, started) = (server.ProcessorSeconds, Stopwatch.GetTimestamp());
        Task[] all = [.. Enumerable.Range(1, workers).Select(k => new SimulatedWorker(http, new WorkerRegistration($"simulated-{k}", "none", [workload]), figures).RunAsync(done.Token))];
        var failed = Task.WhenAny(all);
        while (!failed.IsCompleted && (figures.Results < jobs || !await IsDoneAsync(http)))
        {
            await Task.WhenAny(failed, Task.Delay(LookEvery));
        }

        var pass = new Pass(figures, Stopwatch.GetElapsedTime(started).TotalSeconds, server.ProcessorSeconds - processor);
        await done.CancelAsync();
        await Task.WhenAll(all);
        return pass;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(System.Globalization.CultureInfo.InvariantCulture));

    // One task, so that every job is one measurement; random, for choosing is not what is measured.
    private static SearchRequest Request(WorkloadDescription workload, int jobs, int number) => new()
    {
        Workload = workload.Name,
        Description = workload,
        Name = $"load {number}",
        Space = "bezier:4",
        Tasks = "1",
        Budget = $"{jobs}jobs",
        Seed = number,
        Selection = new SelectionSettings { Strategy = "random", CostPerDevice = false },
        Verification = new VerificationSettings { Groups = [] },
    };

    private static async Task<bool> IsDoneAsync(HttpClient http) =>
        (await SummariesAsync(http)).All(search => search.State is not (SearchStatus.Running or SearchStatus.Paused));

    private static async Task<int> StoredAsync(HttpClient http) => (await SummariesAsync(http)).Sum(search => search.Jobs.Succeeded);

    private static async Task<IReadOnlyList<SearchSummary>> SummariesAsync(HttpClient http) =>
        (await http.GetFromJsonAsync<JsonElement>("searches?limit=500")).GetProperty("items").Deserialize<SearchSummary[]>(SearchJson.Options)!;
}
