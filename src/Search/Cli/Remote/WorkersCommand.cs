using System.CommandLine;
using System.Text.Json;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Cli.Remote;

/// <summary><c>bitcurve workers</c>: the workers of a server.</summary>
internal static class WorkersCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON for scripts." };

    private static readonly string[] Head = ["WORKER", "STATE", "DEVICE", "LAST SEEN", "DONE", "FAILED", "IMAGES/S", "WORKS ON"];

    internal static Command Create()
    {
        var command = new Command("workers", "Lists the workers of a server.") { ServerConnection.Server, ServerConnection.TokenFile, Json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var server = ServerConnection.Open(parsed);
            var answer = await server.GetAsync("workers", cancellation);
            if (parsed.GetValue(Json))
            {
                SearchCommands.PrintJson(answer);
            }
            else
            {
                Console.Write(Table(answer.GetProperty("items").Deserialize<WorkerStatus[]>(SearchJson.Options)!));
            }

            return CommandLine.Success;
        });
        return command;
    }

    private static string Table(IReadOnlyList<WorkerStatus> workers) => workers.Count == 0
        ? "no workers; start one with: bitcurve worker --server URL\n"
        : TextTable.Of([Head, .. workers.Select(Row)]);

    private static string[] Row(WorkerStatus worker) =>
    [
        worker.WorkerId,
        $"{worker.State}".ToLowerInvariant(),
        worker.DeviceKind,
        FormattableString.Invariant($"{worker.LastSeen.ToLocalTime():yyyy-MM-dd HH:mm:ss}"),
        $"{worker.Succeeded}",
        $"{worker.Failed}",
        worker is { State: WorkerState.Online, ImagesPerSecond: { } speed } ? FormattableString.Invariant($"{speed:0}") : "",
        worker.Job is { } job ? Work(job) : worker.Lease ?? "none",
    ];

    private static string Work(WorkerJob job)
    {
        var what = job.Purpose == JobPurpose.Baseline ? "FP32 baseline" : job.Bits.Length > 0 ? job.Bits : "FP32";
        return FormattableString.Invariant($"{job.SearchId} job {job.JobId}: {what}, epoch {job.EpochsDone} of {job.Epochs}");
    }
}
