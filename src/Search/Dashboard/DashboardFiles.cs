using System.Reflection;
using System.Text;

namespace Bitcurve.Search.Dashboard;

/// <summary>The files of the page as they are embedded in the program.</summary>
internal static class DashboardFiles
{
    /// <summary>The page itself, at the root; all others are named beside it.</summary>
    internal const string Index = "index.html";

    /// <summary>The bundle of charts, which is missing where the program was built without (<see cref="ChartBundle.Missing"/>).</summary>
    internal const string Charts = "charts.js";

    private const string Prefix = "page/";

    /// <summary>Stands in the page where its modules are named.</summary>
    private const string Modules = "<!-- modules -->";

    private static readonly Lazy<IReadOnlyDictionary<string, DashboardFile>> All = new(Read);

    /// <summary>Null for a file that is not there.</summary>
    internal static DashboardFile? Find(string name) => All.Value.GetValueOrDefault(name);

    /// <summary>Names of all files, in no particular order.</summary>
    internal static IEnumerable<string> Names => All.Value.Keys;

    private static Dictionary<string, DashboardFile> Read()
    {
        Assembly program = typeof(DashboardFiles).Assembly;
        var files = program.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(resource => resource[Prefix.Length..], resource => new DashboardFile(resource, Bytes(program, resource)), StringComparer.Ordinal);
        if (ChartBundle.Embedded.Script is string script)
        {
            files.Add(Charts, new DashboardFile(Charts, Encoding.UTF8.GetBytes(script)));
        }

        files[Index] = new DashboardFile(Index, WithModules(files));
        return files;
    }

    /// <summary>The page with the names of all modules: a browser asks for them at once, not one after the other as it reads who imports whom.</summary>
    private static byte[] WithModules(Dictionary<string, DashboardFile> files)
    {
        IEnumerable<string> links = files.Keys.Where(name => name.EndsWith(".js", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => $"<link rel=\"modulepreload\" href=\"/assets/{name}\">");
        string page = Encoding.UTF8.GetString(files[Index].Content);
        return Encoding.UTF8.GetBytes(page.Replace(Modules, string.Join("\n  ", links), StringComparison.Ordinal));
    }

    private static byte[] Bytes(Assembly program, string resource)
    {
        using Stream stream = program.GetManifestResourceStream(resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
