using System.Diagnostics;

namespace Bitcurve.Models.Bench;

/// <summary>
/// The environment that the launcher (<c>./bitcurve</c>) gives the executable. OpenMP and the C library read theirs when they are loaded,
/// so a program started without it starts itself once more.
/// </summary>
public static class LaunchEnvironment
{
    private static readonly (string Name, string Value)[] Variables =
    [
        ("OMP_WAIT_POLICY", "PASSIVE"),
        ("GOMP_SPINCOUNT", "1000"),
        ("DOTNET_GCgen0size", "0x400000"),
    ];

    /// <summary>Runs this program again with what is missing set; null where nothing is missing.</summary>
    public static int? Restart(IReadOnlyList<string> arguments)
    {
        if (Array.TrueForAll(Variables, v => Environment.GetEnvironmentVariable(v.Name) is not null))
        {
            return null;
        }

        using var process = Process.Start(Started(arguments))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>How to start this very program with other arguments, in the launcher's environment.</summary>
    public static ProcessStartInfo Started(IEnumerable<string> arguments)
    {
        // "dotnet X.dll" names the host as the process, which needs the assembly as its first argument.
        var own = Environment.GetCommandLineArgs()[0];
        var host = Environment.ProcessPath!;
        var hosted = Path.GetFileNameWithoutExtension(host) == "dotnet";
        return WithVariables(new ProcessStartInfo(host, hosted ? arguments.Prepend(own) : arguments));
    }

    /// <summary>Adds the launcher's variables where the caller has not set them.</summary>
    public static ProcessStartInfo WithVariables(ProcessStartInfo start)
    {
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = Environment.GetEnvironmentVariable(name) ?? value;
        }

        return start;
    }
}
