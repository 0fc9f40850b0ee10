using System.Net;
using System.Net.Sockets;
using Bitcurve.Search.Trials;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>Makes a process a silo: alone on its machine, or a member of a cluster that meets in a PostgreSQL database.</summary>
public static class SiloSetup
{
    private const string PostgresInvariant = "Npgsql";

    /// <summary>Orleans's name for SQLite; it loads Microsoft.Data.Sqlite.</summary>
    private const string SqliteInvariant = "System.Data.SQLite";

    /// <summary>Hosts a silo with the process and offers its <see cref="ISearchService"/>. Tables that are missing are created when it starts.</summary>
    /// <param name="builder">Of the process.</param>
    /// <param name="silo">Where and with whom.</param>
    /// <param name="settings">How workers are treated; the same on every silo.</param>
    /// <param name="strategy">Decides what a search trains next; the same on every silo.</param>
    /// <param name="time">The clock.</param>
    /// <param name="configure">Last word on the silo, for tests; null for none.</param>
    /// <exception cref="ArgumentException">The silo's settings contradict themselves.</exception>
    public static void AddSearchSilo(
        this IHostApplicationBuilder builder,
        SiloSettings silo,
        ServiceSettings settings,
        Func<SearchDefinition, ISelectionStrategy> strategy,
        TimeProvider time,
        Action<ISiloBuilder>? configure = null)
    {
        silo.Validate();
        // Before the silo's own services: it reads the tables while it starts.
        ClusterTables tables = silo.ConnectionString is string database ? ClusterTables.Postgres(database) : ClusterTables.Sqlite(silo.SqliteFile!);
        builder.Services.AddSingleton<IHostedService>(tables);
        builder.Services.AddSingleton(new EngineParts(strategy, settings, time));
        builder.Services.AddSingleton(services => new ClusterSearchService(
            services.GetRequiredService<IGrainFactory>(), services.GetRequiredService<EngineParts>(), services.GetRequiredService<IHostApplicationLifetime>()));
        builder.Services.AddSingleton<ISearchService>(services => services.GetRequiredService<ClusterSearchService>());
        builder.UseOrleans(orleans =>
        {
            Cluster(orleans, silo);
            Store(orleans, tables, silo.ConnectionString is null ? SqliteInvariant : PostgresInvariant);
            orleans.Configure<ClusterOptions>(options => options.ClusterId = options.ServiceId = silo.ClusterName);

            // Silos trust each other: an error keeps its type on the way.
            orleans.Configure<ExceptionSerializationOptions>(options => options.SupportedExceptionTypeFilter = _ => true);
            orleans.AddStartupTask((services, _) => services.GetRequiredService<IGrainFactory>().GetGrain<IIndexGrain>(GrainKeys.Index).RunningAsync());
            configure?.Invoke(orleans);
        });
    }

    /// <summary>Completes when the database of a silo answers.</summary>
    /// <exception cref="Store.StoreUnavailableException">It does not.</exception>
    public static Task AskStoreAsync(SiloSettings silo, CancellationToken cancellation) => silo.ConnectionString is string database
        ? ClusterTables.AskPostgresAsync(database, cancellation)
        : ClusterTables.AskSqliteAsync(silo.SqliteFile!, cancellation);

    private static void Cluster(ISiloBuilder orleans, SiloSettings silo)
    {
        int port = silo.SiloPort == 0 ? FreePort() : silo.SiloPort;
        if (silo.ConnectionString is not string database)
        {
            orleans.UseLocalhostClustering(port, silo.GatewayPort).UseInMemoryReminderService();
            return;
        }

        if (silo.Advertised is IPAddress address)
        {
            orleans.ConfigureEndpoints(address, port, silo.GatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(address));
        }
        else
        {
            orleans.ConfigureEndpoints(port, silo.GatewayPort);
        }

        orleans.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (PostgresInvariant, database));
        orleans.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (PostgresInvariant, database));
    }

    private static void Store(ISiloBuilder orleans, ClusterTables tables, string invariant)
    {
        orleans.Services.AddKeyedSingleton<IGrainStorageSerializer, StateSerializer>(StateNames.Storage);
        orleans.AddAdoNetGrainStorage(
            StateNames.Storage, options => (options.Invariant, options.ConnectionString) = (invariant, tables.ConnectionString));
    }

    /// <summary>Free at this moment: on a busy machine name the port instead.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
