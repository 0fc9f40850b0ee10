using System.Diagnostics;
using Bitcurve.Search.Bench.Quality;
using Bitcurve.Search.Telemetry;

namespace Bitcurve.Search.Bench.Telemetry;

/// <summary>
/// What a worker's step costs more when it traces, measures, and sends both: the same job with and without exporters in turn, within one
/// process; the collector is another one. The order changes from round to round.
/// </summary>
internal static class WorkerTelemetryCommand
{
    internal static readonly IReadOnlyList<string> Options = ["--rounds", "--workload", "--epochs", "--threads"];

    internal static int Run(CommandArguments arguments)
    {
        var (rounds, epochs, threads) = (arguments.Integer("--rounds", 40), arguments.Integer("--epochs", 2), arguments.Integer("--threads", 1));
        using var sink = OtlpSink.Start();
        using var job = new RepeatedJob(arguments.Text("--workload") ?? "vgg8/shapes32", epochs, threads);
        _ = job.Step(null);
        _ = Telling(job, sink);

        var (silent, telling) = (new List<(double WallMs, double ProcessorMs)>(), new List<(double WallMs, double ProcessorMs)>());
        for (var round = 0; round < rounds; round++)
        {
            if (round % 2 == 0)
            {
                silent.Add(job.Step(null));
                telling.Add(Telling(job, sink));
            }
            else
            {
                telling.Add(Telling(job, sink));
                silent.Add(job.Step(null));
            }
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{rounds} rounds of {epochs} epochs of {job.StepsPerEpoch} steps, {threads} thread(s); {sink.Stop() / 1024.0 / (rounds + 1):F1} KiB sent in a round"));
        Console.WriteLine();
        Console.WriteLine("| per step | without, ms | with, ms | with / without, median of rounds [90 %] |");
        Console.WriteLine("|---|---|---|---|");
        Print("wall time", [.. silent.Select(time => time.WallMs)], [.. telling.Select(time => time.WallMs)]);
        Print("processor time of the process", [.. silent.Select(time => time.ProcessorMs)], [.. telling.Select(time => time.ProcessorMs)]);
        return 0;
    }

    // What is left to be sent when the job is over is sent outside the time: there was its share of sending within it.
    private static (double WallMs, double ProcessorMs) Telling(RepeatedJob job, OtlpSink sink)
    {
        using var export = OtlpExport.FromEnvironment(
            "bitcurve-worker", [SearchTelemetry.WorkerName], [SearchTelemetry.WorkerName, SearchTelemetry.RuntimeMeter], sink.Environment());
        return job.Step($"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01");
    }

    private static void Print(string what, double[] without, double[] with)
    {
        var ratio = Bootstrap.MedianOf([.. with.Zip(without, (told, silent) => told / silent)]);
        Console.WriteLine(FormattableString.Invariant(
            $"| {what} | {Bootstrap.Median(without):F3} | {Bootstrap.Median(with):F3} | {ratio.Value:F3} [{ratio.Lower:F3}, {ratio.Upper:F3}] |"));
    }
}
