using System.CommandLine;
using System.Net;
using System.Text.Json;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Cli.Remote;

/// <summary><c>bitcurve search export</c>: what <c>bitcurve run</c> leaves in its folder. Weights that there are none of (yet) are left out.</summary>
internal static class SearchExport
{
    private static readonly (string Path, string File)[] Reports =
        [("report", "report.json"), ("report.html", "report.html"), ("trials.csv", "trials.csv")];

    private static readonly (string Path, string File)[] Weights =
        [("weights/baseline", "baseline.safetensors"), ("weights/chosen", "chosen.safetensors")];

    internal static async Task<int> RunAsync(ServerConnection server, string id, string folder, ParseResult parsed, CancellationToken cancellation)
    {
        var files = new List<string>();
        foreach (var (path, name) in Reports)
        {
            files.Add(await SaveAsync(server, id, path, folder, name, cancellation));
        }

        foreach (var (path, name) in Weights)
        {
            try
            {
                files.Add(await SaveAsync(server, id, path, folder, name, cancellation));
            }
            catch (ServerRefusedException none) when (none.Status == HttpStatusCode.NotFound)
            {
                Console.Error.WriteLine($"bitcurve: {name} is left out: {none.Message}");
            }
        }

        Console.WriteLine(SearchCommands.IsJson(parsed) ? JsonSerializer.Serialize(new Exported(files), SearchJson.Options) : string.Join('\n', files));
        return CommandLine.Success;
    }

    // Appears whole or not at all.
    private static async Task<string> SaveAsync(
        ServerConnection server, string id, string path, string folder, string name, CancellationToken cancellation)
    {
        await using var source = await server.DownloadAsync($"{SearchCommands.PathOf(id)}/{path}", cancellation);
        Directory.CreateDirectory(folder);
        var target = Path.Combine(folder, name);
        await using (var file = File.Create(target + ".partial"))
        {
            await source.CopyToAsync(file, cancellation);
        }

        File.Move(target + ".partial", target, overwrite: true);
        return target;
    }

    private sealed record Exported(IReadOnlyList<string> Files);
}
