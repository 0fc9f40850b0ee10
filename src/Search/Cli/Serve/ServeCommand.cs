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

    internal static Command Create()
    {
        var command = new Command("serve", "Runs the search server: an HTTP interface for users and workers.") { Data, Listen, TokenFile, Store, Lease };
        command.SetAction((parsed, cancellation) => ServeRun.ExecuteAsync(
            new ServeSettings
            {
                Data = parsed.GetValue(Data)!,
                Listen = parsed.GetValue(Listen)!,
                TokenFile = parsed.GetValue(TokenFile),
                Store = parsed.GetValue(Store)!,
                LeaseSeconds = parsed.GetValue(Lease),
            },
            cancellation));
        return command;
    }
}
