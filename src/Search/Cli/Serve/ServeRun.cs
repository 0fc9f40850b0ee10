using Bitcurve.Search.Api;
using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bitcurve.Search.Cli.Serve;

/// <summary>One <c>bitcurve serve</c>: opens folder, store and searches, serves until told to end, and closes them in turn.</summary>
internal static class ServeRun
{
    private const double ShortestLeaseSeconds = 1;

    // Metrics are sent once a minute unless the environment says otherwise.
    private static readonly TimeSpan ObserveEvery = TimeSpan.FromSeconds(15);

    internal static async Task<int> ExecuteAsync(ServeSettings settings, CancellationToken cancellation)
    {
        ServerOptions options = Check(settings);
        using OtlpExport? telemetry = OtlpExport.FromEnvironment(
            "bitcurve-server", [SearchTelemetry.Name, SearchTelemetry.RequestSource], [SearchTelemetry.Name, .. SearchTelemetry.HostMeters]);
        using var folder = ServerFolder.Open(settings.Data, options.MaximumArtifactBytes, settings.Artifacts);
        await using ServedEngine engine = await ServedEngine.OpenAsync(settings, folder, cancellation);

        // An artifact of a search that cannot be read looks like one that nobody needs.
        options = options with
        {
            Store = engine.Store,
            SweepsArtifacts = engine.Unreadable.Count == 0,
            ObserveEvery = telemetry?.SendsMetrics == true ? ObserveEvery : null,
        };
        foreach ((string id, string problem) in engine.Unreadable)
        {
            Console.Error.WriteLine($"bitcurve: warning: search {id} is left out, and no artifact will be deleted: {problem.ReplaceLineEndings(" ")}");
        }

        await using WebApplication app = SearchServer.Create(options, new ServerParts
        {
            Service = engine.Service,
            Artifacts = folder.Artifacts,
            AskStore = engine.AskStore,
            Configure = builder =>
            {
                builder.Logging.AddProvider(new LineLog(Console.Error));
                telemetry?.AddLogs(builder.Logging);
                engine.Configure?.Invoke(builder);
            },
        });
        await app.StartAsync(cancellation);
        Console.Out.WriteLine($"bitcurve: serving {AddressOf(app)} (data {folder.FullPath}, {options.Engine}, {options.Store})");
        await UntilEndAsync(app.Lifetime.ApplicationStopping, cancellation);
        await app.StopAsync(CancellationToken.None);

        // Nobody told it to end: the log says what failed.
        return cancellation.IsCancellationRequested ? CommandLine.Success : CommandLine.UnexpectedError;
    }

    private static ServerOptions Check(ServeSettings settings)
    {
        if (!(settings.LeaseSeconds >= ShortestLeaseSeconds && double.IsFinite(settings.LeaseSeconds)))
        {
            throw new ArgumentException(FormattableString.Invariant($"--lease: expected {ShortestLeaseSeconds} second or more, actual {settings.LeaseSeconds}."));
        }

        ServedEngine.CheckName(settings.Engine);
        OpenedStore.Check(settings.Store);
        ListenAddress listen = ListenAddress.Parse(settings.Listen);
        string tokens = settings.TokenFile ?? ServerFolder.TokensIn(settings.Data);
        if (settings.TokenFile is not null && !File.Exists(tokens))
        {
            throw new ArgumentException(
                $"--token-file: expected a file, actual none at {tokens}. Run 'bitcurve token create --role admin --token-file {tokens}' first.");
        }

        return new ServerOptions
        {
            Listen = listen,
            TokenFile = tokens,
            RequiresTokens = settings.TokenFile is not null,
            Engine = settings.Engine,
            Store = settings.Store,
        };
    }

    // The port is the system's choice when 0 was asked for.
    private static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "nowhere";

    private static async Task UntilEndAsync(CancellationToken stopping, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellation);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = either.Token.Register(end.SetResult);
        await end.Task;
    }
}
