namespace Bitcurve.Search.Cli.Remote;

/// <summary><c>bitcurve search export</c>: what <c>bitcurve run</c> leaves in its folder.</summary>
internal static class SearchExport
{
    private static readonly (string Path, string File)[] Files =
    [
        ("report", "report.json"), ("report.html", "report.html"), ("trials.csv", "trials.csv"),
        ("weights/baseline", "baseline.safetensors"), ("weights/chosen", "chosen.safetensors"),
    ];

    internal static async Task<int> RunAsync(ServerConnection server, string id, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        foreach (var (path, name) in Files)
        {
            var target = Path.Combine(folder, name);
            await using (var source = await server.DownloadAsync($"{SearchCommands.PathOf(id)}/{path}", cancellation))
            await using (var file = File.Create(target + ".partial"))
            {
                await source.CopyToAsync(file, cancellation);
            }

            File.Move(target + ".partial", target, overwrite: true);
            Console.WriteLine(target);
        }

        return CommandLine.Success;
    }
}
