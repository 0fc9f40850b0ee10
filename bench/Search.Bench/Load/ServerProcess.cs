using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Bitcurve.Search.Bench.Load;

/// <summary>The real server in a process of its own, on a free loopback port, with a folder of its own. Linux: its times are read from /proc.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const double ClockTicksPerSecond = 100;
    private const int PageBytes = 4096;

    private readonly Process process;
    private readonly string folder;

    private ServerProcess(Process process, string folder, Uri address) => (this.process, this.folder, Address) = (process, folder, address);

    internal Uri Address { get; }

    /// <summary>Seconds of processor time so far, user and system.</summary>
    internal double ProcessorSeconds
    {
        get
        {
            // After the name in parentheses: state is field 3, utime 14, stime 15 (proc(5)).
            var text = File.ReadAllText($"/proc/{process.Id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / ClockTicksPerSecond;
        }
    }

    /// <summary>Resident memory, bytes.</summary>
    internal long ResidentBytes => long.Parse(File.ReadAllText($"/proc/{process.Id}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * PageBytes;

    /// <param name="store"><c>sqlite</c> or a connection string for PostgreSQL.</param>
    /// <param name="environment">Variables besides this process's own.</param>
    /// <param name="fill">Puts into the empty folder what the server shall find there; null for nothing.</param>
    internal static async Task<ServerProcess> StartAsync(
        string store, IEnumerable<KeyValuePair<string, string?>>? environment = null, Func<string, Task>? fill = null)
    {
        var folder = Directory.CreateTempSubdirectory("bitcurve-load-").FullName;
        await (fill?.Invoke(folder) ?? Task.CompletedTask);
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "bitcurve"), ["serve", "--data", folder, "--listen", "http://127.0.0.1:0", "--store", store])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? "nothing";
        return Serving().Match(line) is { Success: true } match
            ? new ServerProcess(process, folder, new Uri(match.Groups[1].Value))
            : throw new IOException($"server: expected a line with its address, actual '{line}'");
    }

    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [GeneratedRegex(@"serving (http://\S+)")]
    private static partial Regex Serving();
}
