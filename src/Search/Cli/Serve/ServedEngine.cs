using Bitcurve.Search.Hosting;
using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Selection;
using Microsoft.AspNetCore.Builder;

namespace Bitcurve.Search.Cli.Serve;

/// <summary>What holds a server's searches, and how the server reaches it: this process alone, or a cluster that this process joins.</summary>
internal sealed partial record ServedEngine : IAsyncDisposable
{
    internal const string Local = "local";
    internal const string Orleans = "orleans";

#if ORLEANS
    internal const string Default = Orleans;
#else
    internal const string Default = Local;
#endif

    internal required string Store { get; init; }

    internal required Func<IServiceProvider, ISearchService> Service { get; init; }

    internal required Func<CancellationToken, Task> AskStore { get; init; }

    /// <summary>What the engine adds to the server, null for nothing.</summary>
    internal Action<WebApplicationBuilder>? Configure { get; init; }

    /// <summary>Searches that cannot be read, by id, and what is wrong with each.</summary>
    internal IReadOnlyDictionary<string, string> Unreadable { get; init; } = new Dictionary<string, string>();

    /// <summary>To be closed after the server, in this order.</summary>
    private IReadOnlyList<IAsyncDisposable> Owned { get; init; } = [];

    internal static Task<ServedEngine> OpenAsync(ServeSettings settings, ServerFolder folder, CancellationToken cancellation)
    {
        var service = new ServiceSettings { LeaseDuration = TimeSpan.FromSeconds(settings.LeaseSeconds) };
#if ORLEANS
        if (settings.Engine == Orleans)
        {
            return Task.FromResult(OpenCluster(settings, folder, service));
        }
#endif
        return OpenLocalAsync(settings, folder, service, cancellation);
    }

    /// <exception cref="ArgumentException">The program does not have this engine.</exception>
    internal static void CheckName(string engine)
    {
        if (engine != Local && engine != Default)
        {
            string known = Default == Local ? "local (this program was built without the Orleans packages)" : "orleans or local";
            throw new ArgumentException($"--engine: expected {known}, actual '{engine}'.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable owned in Owned)
        {
            await owned.DisposeAsync();
        }
    }

    private static async Task<ServedEngine> OpenLocalAsync(
        ServeSettings settings, ServerFolder folder, ServiceSettings service, CancellationToken cancellation)
    {
        RequireAbsent(folder.ClusterDatabasePath, Orleans);
        OpenedStore store = await OpenedStore.OpenAsync(settings.Store, folder.DatabasePath, cancellation);
        try
        {
            LocalSearchService searches = await LocalSearchService.OpenAsync(
                store.Searches, store.Documents, StrategyCatalogue.Create, service, TimeProvider.System, cancellation);
            return new ServedEngine
            {
                Store = store.Name,
                Service = _ => searches,
                AskStore = async asking => _ = await store.Documents.FindAsync("health", "ready", asking),
                Unreadable = searches.Unreadable,
                Owned = [searches, store],
            };
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private static void RequireAbsent(string path, string engine)
    {
        if (File.Exists(path))
        {
            throw new ArgumentException(
                $"--data: expected a new folder or one of this engine, actual {path} of another one. Serve it with --engine {engine}, or choose another folder.");
        }
    }
}
