using System.CommandLine;

namespace Bitcurve.Search.Cli.Serve;

/// <summary><c>bitcurve serve</c>: the search server.</summary>
internal static class ServeCommand
{
    // A password on a command line can be read by every user of the machine.
    private const string StoreVariable = "BITCURVE_STORE";

    private static readonly Option<string> Data = new("--data") { Description = "Folder for everything that the server keeps.", DefaultValueFactory = _ => "bitcurve-data" };
    private static readonly Option<string> Listen = new("--listen") { Description = "Address to listen at. One that other machines can reach needs tokens.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
    private static readonly Option<string?> TokenFile = new("--token-file") { Description = "File with the tokens that are valid; 'bitcurve token create' writes it [default: DATA/tokens, if it exists]." };
    private static readonly Option<string> Store = new("--store") { Description = $"sqlite (a file in DATA), or a PostgreSQL connection string: 'Host=...;Database=...;Username=...;Password=...' [default: {StoreVariable}, else sqlite].", DefaultValueFactory = _ => Environment.GetEnvironmentVariable(StoreVariable) ?? "sqlite" };
    private static readonly Option<double> Lease = new("--lease") { Description = "Seconds after which a silent worker loses its job.", DefaultValueFactory = _ => 120 };

    private static readonly Option<string> Engine = new("--engine") { Description = "What holds the searches: local, this process alone; orleans, a cluster of servers (where the Orleans packages are built in).", DefaultValueFactory = _ => ServedEngine.Default };
#if ORLEANS
    private static readonly Option<string?> Artifacts = new("--artifacts") { Description = "Folder for weights and checkpoints. Servers of one cluster need one that all of them reach [default: DATA/artifacts]." };
    private static readonly Option<int> SiloPort = new("--silo-port") { Description = "Port for the other servers of the cluster; 0 for any free one. Nobody else may reach it.", DefaultValueFactory = _ => 0 };
    private static readonly Option<int> GatewayPort = new("--gateway-port") { Description = "Port for programs that speak Orleans's own protocol; 0 for none.", DefaultValueFactory = _ => 0 };
    private static readonly Option<string?> Advertise = new("--advertise") { Description = "IP address at which the other servers reach this one [default: this machine's first]." };
    private static readonly Option<string> ClusterName = new("--cluster-name") { Description = "Servers with the same database and name are one cluster.", DefaultValueFactory = _ => "bitcurve" };
#endif

    internal static Command Create()
    {
        var command = new Command("serve", "Runs the search server: an HTTP interface for users and workers.") { Data, Listen, TokenFile, Store, Lease, Engine };
#if ORLEANS
        foreach (Option option in (Option[])[Artifacts, SiloPort, GatewayPort, Advertise, ClusterName])
        {
            command.Add(option);
        }

        Store.Aliases.Add("--cluster");
#endif
        command.SetAction((parsed, cancellation) => ServeRun.ExecuteAsync(
            new ServeSettings
            {
                Data = parsed.GetValue(Data)!,
                Listen = parsed.GetValue(Listen)!,
                TokenFile = parsed.GetValue(TokenFile),
                Store = parsed.GetValue(Store)!,
                LeaseSeconds = parsed.GetValue(Lease),
                Engine = parsed.GetValue(Engine)!,
#if ORLEANS
                Artifacts = parsed.GetValue(Artifacts),
                SiloPort = parsed.GetValue(SiloPort),
                GatewayPort = parsed.GetValue(GatewayPort),
                Advertise = parsed.GetValue(Advertise),
                ClusterName = parsed.GetValue(ClusterName)!,
#endif
            },
            cancellation));
        return command;
    }
}
