using System.CommandLine;
using System.Text;
using System.Text.Json;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Cli.Remote;

/// <summary><c>bitcurve workers</c>: the workers of a server.</summary>
internal static class WorkersCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON for scripts." };

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

    private static string Table(IReadOnlyList<WorkerStatus> workers)
    {
        var text = new StringBuilder();
        foreach (var worker in workers)
        {
            var job = worker.Lease is { } lease ? $"works on {lease}" : "idle";
            text.AppendLine($"{worker.WorkerId}  {$"{worker.State}".ToLowerInvariant()}  {worker.DeviceKind}  {job}  {worker.Succeeded} done, {worker.Failed} failed");
        }

        return workers.Count == 0 ? "no workers; start one with: bitcurve worker --server URL\n" : text.ToString();
    }
}
