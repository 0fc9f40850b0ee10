using System.Text;

namespace Bitcurve.Search.Dashboard;

/// <summary>The charts of the dashboard and of <c>report.html</c>: one module, bundled when the program was built.</summary>
/// <param name="Script">An ES module; null when the program was built without.</param>
/// <param name="Missing">Why there is none, one line for the reader; null when there is one.</param>
public sealed record ChartBundle(string? Script, string? Missing)
{
    private const string Unknown = "the program was built without npm";

    /// <summary>What this program carries.</summary>
    public static ChartBundle Embedded { get; } = Read("charts.js") is string script
        ? new ChartBundle(script, null)
        : Without(Read("charts.missing.txt")?.Trim() ?? Unknown);

    /// <summary>A program without charts.</summary>
    public static ChartBundle Without(string reason) => new(null, reason);

    private static string? Read(string name)
    {
        using Stream? resource = typeof(ChartBundle).Assembly.GetManifestResourceStream(name);
        if (resource is null)
        {
            return null;
        }

        using var reader = new StreamReader(resource, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
