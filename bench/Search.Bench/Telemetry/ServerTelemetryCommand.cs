using Bitcurve.Search.Bench.Quality;
using Microsoft.Extensions.Configuration;

namespace Bitcurve.Search.Bench.Telemetry;

/// <summary>
/// What a result costs the server more when it sends telemetry to a collector and shows its metrics every five seconds: the same load on a
/// server with and on one without, in turn; the order changes from round to round. Both live as long as the measurement.
/// </summary>
internal static class ServerTelemetryCommand
{
    internal static readonly IReadOnlyList<string> Options = ["--rounds", "--workers", "--jobs", "--searches", "--store", "--warm-up"];

    internal static async Task<int> RunAsync(CommandArguments arguments)
    {
        var (rounds, workers, jobs) = (arguments.Integer("--rounds", 12), arguments.Integer("--workers", 50), arguments.Integer("--jobs", 2000));
        var (searches, warmUp) = (arguments.Integer("--searches", 4), arguments.Integer("--warm-up", 3000));
        var store = arguments.Text("--store") ?? "sqlite";
        using var sink = OtlpSink.Start();
        var (silent, telling) = (new List<(double WallMs, double ProcessorMs)>(), new List<(double WallMs, double ProcessorMs)>());
        int scrapes;
        await using (var without = await WatchedServer.StartAsync(store, workers, null))
        await using (var with = await WatchedServer.StartAsync(store, workers, sink.Environment().AsEnumerable()))
        {
            // A server lives for weeks: what its first seconds spend on compiling itself is not what a job costs.
            await without.PassAsync(workers, warmUp, 1);
            await with.PassAsync(workers, warmUp, 1);
            for (var round = 0; round < rounds; round++)
            {
                if (round % 2 == 0)
                {
                    silent.Add(await without.PassAsync(workers, jobs, searches));
                    telling.Add(await with.PassAsync(workers, jobs, searches));
                }
                else
                {
                    telling.Add(await with.PassAsync(workers, jobs, searches));
                    silent.Add(await without.PassAsync(workers, jobs, searches));
                }
            }

            scrapes = with.Scrapes;
        }

        var results = warmUp + (rounds * jobs);
        Console.WriteLine(FormattableString.Invariant(
            $"{rounds} rounds of {jobs} results in {searches} searches, {workers} workers, {store}; {scrapes} looks at /metrics, {sink.Stop() / 1024.0 / results:F2} KiB sent per result"));
        Console.WriteLine();
        Console.WriteLine("| per result | without, ms | with, ms | with / without, median of rounds [90 %] |");
        Console.WriteLine("|---|---|---|---|");
        Print("wall time", [.. silent.Select(cost => cost.WallMs)], [.. telling.Select(cost => cost.WallMs)]);
        Print("processor time of the server", [.. silent.Select(cost => cost.ProcessorMs)], [.. telling.Select(cost => cost.ProcessorMs)]);
        return 0;
    }

    private static void Print(string what, double[] without, double[] with)
    {
        var ratio = Bootstrap.MedianOf([.. with.Zip(without, (told, silent) => told / silent)]);
        Console.WriteLine(FormattableString.Invariant(
            $"| {what} | {Bootstrap.Median(without):F3} | {Bootstrap.Median(with):F3} | {ratio.Value:F3} [{ratio.Lower:F3}, {ratio.Upper:F3}] |"));
    }
}
