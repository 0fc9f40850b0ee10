#if ORLEANS
using System.Net;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Hosting.Orleans;
using Bitcurve.Search.Selection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bitcurve.Search.Cli.Serve;

/// <summary>A silo in the server's own process: alone with a file, or a member of the cluster that meets in a PostgreSQL database.</summary>
internal sealed partial record ServedEngine
{
    private static ServedEngine OpenCluster(ServeSettings settings, ServerFolder folder, ServiceSettings service)
    {
        RequireAbsent(folder.DatabasePath, Local);
        bool isAlone = settings.Store == OpenedStore.Sqlite;
        var silo = new SiloSettings
        {
            ConnectionString = isAlone ? null : settings.Store,
            SqliteFile = isAlone ? folder.ClusterDatabasePath : null,
            SiloPort = settings.SiloPort,
            GatewayPort = settings.GatewayPort,
            Advertised = AddressOf(settings.Advertise),
            ClusterName = settings.ClusterName,
        };
        silo.Validate();
        return new ServedEngine
        {
            Store = isAlone ? OpenedStore.Sqlite : OpenedStore.Postgres,
            Service = services => services.GetRequiredService<ClusterSearchService>(),
            AskStore = asking => SiloSetup.AskStoreAsync(silo, asking),
            Configure = builder =>
            {
                // What fails reaches whoever asked for it as an exception; Orleans's own lines about it would only surround that one.
                builder.Logging.AddFilter("Orleans", LogLevel.Critical);
                builder.AddSearchSilo(silo, service, StrategyCatalogue.Create, TimeProvider.System);
            },
        };
    }

    private static IPAddress? AddressOf(string? text) => text is null ? null : IPAddress.TryParse(text, out IPAddress? address)
        ? address
        : throw new ArgumentException($"--advertise: expected an IP address at which other servers reach this one, actual '{text}'.");
}
#endif
