using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bitcurve.Tests.Shared;

/// <summary>
/// A PostgreSQL server of a test's own, with its data in a temporary folder, that can be stopped and started again. Synced commits, no
/// passwords, loopback only. Needs the server's programs in <c>/usr/lib/postgresql</c> or on the PATH; root runs them as user postgres.
/// </summary>
internal sealed class PostgresInstance : IDisposable
{
    // Below the ports that systems give to outgoing connections: nobody takes it while the server is stopped.
    private const int FirstPort = 15432;
    private const int Ports = 10_000;

    private static int instances;

    private readonly string folder;
    private readonly string programs;
    private readonly int port;

    private PostgresInstance(string programs)
    {
        this.programs = programs;
        port = FreePort();
        folder = Directory.CreateTempSubdirectory("bitcurve-pg-").FullName;
    }

    /// <summary>Database <c>postgres</c> as its superuser.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={port};Database=postgres;Username=postgres";

    public int Port => port;

    /// <summary>A new, running one; null with the reason where this machine has none.</summary>
    public static PostgresInstance? Create(out string? reason)
    {
        reason = null;
        if (Find() is not string programs)
        {
            reason = "PostgreSQL's server programs (initdb, pg_ctl) are not installed here";
            return null;
        }

        if (IsRoot && Execute("id", ["-u", "postgres"]).ExitCode != 0)
        {
            reason = "PostgreSQL refuses to run as root, and there is no user postgres here";
            return null;
        }

        var instance = new PostgresInstance(programs);
        try
        {
            instance.Initialise();
            instance.Start();
            return instance;
        }
        catch
        {
            instance.Dispose();
            throw;
        }
    }

    /// <summary>Returns when it takes connections.</summary>
    public void Start() => Require(
        "pg_ctl", "start", "-w", "-D", Data, "-l", Log, "-o", $"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=on");

    /// <summary>Like a crash: connections break, and the next start recovers from the log.</summary>
    public void Stop() => Require("pg_ctl", "stop", "-w", "-D", Data, "-m", "immediate");

    /// <summary>Gives a folder to the user that the server runs as.</summary>
    public void Own(string path)
    {
        if (IsRoot)
        {
            (int exitCode, string output) = Execute("chown", ["postgres", path]);
            Assert.True(exitCode == 0, output);
        }
    }

    public void Dispose()
    {
        // Has failed to start, or a test left it stopped: then there is nothing to stop.
        Run("pg_ctl", "stop", "-w", "-D", Data, "-m", "immediate");
        Directory.Delete(folder, recursive: true);
    }

    private static bool IsRoot => Environment.UserName == "root";

    private string Data => Path.Combine(folder, "data");

    private string Log => Path.Combine(folder, "log");

    private void Initialise()
    {
        Own(folder);
        Require("initdb", "-D", Data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
    }

    private void Require(string program, params string[] arguments)
    {
        (int exitCode, string output) = Run(program, arguments);
        string log = File.Exists(Log) ? File.ReadAllText(Log) : "";
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)}: exit code {exitCode}. {output} {log}");
    }

    private (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        string path = Path.Combine(programs, program);
        return IsRoot
            ? Execute("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", path, .. arguments])
            : Execute(path, arguments);
    }

    private static (int ExitCode, string Output) Execute(string program, IEnumerable<string> arguments)
    {
        // A folder that user postgres may be in.
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.GetAwaiter().GetResult());
    }

    /// <summary>The folder of the server's programs, the newest version first.</summary>
    private static string? Find()
    {
        const string packages = "/usr/lib/postgresql";
        IEnumerable<string> installed = Directory.Exists(packages)
            ? Directory.GetDirectories(packages)
                .OrderByDescending(version => int.TryParse(Path.GetFileName(version), out int number) ? number : 0)
                .Select(version => Path.Combine(version, "bin"))
            : [];
        IEnumerable<string> onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return installed.Concat(onPath).FirstOrDefault(
            candidate => File.Exists(Path.Combine(candidate, "initdb")) && File.Exists(Path.Combine(candidate, "pg_ctl")));
    }

    private static int FreePort()
    {
        for (int tried = 0; tried < Ports; tried++)
        {
            int candidate = FirstPort + (Environment.ProcessId + tried * 7 + Interlocked.Increment(ref instances) * 101) % Ports;
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, candidate);
                listener.Start();
                return candidate;
            }
            catch (SocketException)
            {
                // Taken; the next one.
            }
        }

        throw new InvalidOperationException($"PostgreSQL: expected a free port from {FirstPort}, actual none.");
    }
}
