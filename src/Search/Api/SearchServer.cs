using Bitcurve.Search.Api.Endpoints;
using Bitcurve.Search.Api.Metrics;
using Bitcurve.Search.Api.Problems;
using Bitcurve.Search.Api.Reports;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bitcurve.Search.Api;

/// <summary>
/// Puts the HTTP server together: what <c>bitcurve serve</c> runs and what tests start. It takes nothing from the environment or from
/// settings files; all there is to decide is in its arguments.
/// </summary>
public static class SearchServer
{
    /// <summary>A server that has not started yet.</summary>
    /// <exception cref="ArgumentException">An option is out of its range, or others can reach a server that would ask for no token.</exception>
    public static WebApplication Create(ServerOptions options, ServerParts parts)
    {
        options.Validate();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "bitcurve" });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // A start that fails is the caller's exception already.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => ServerLimits.Apply(kestrel, options));
        AddServices(builder.Services, options, parts);
        parts.Configure?.Invoke(builder);
        WebApplication app = builder.Build();
        RequireTokensForOthers(options, app.Services.GetRequiredService<TokenAuthority>());

        // From here on everything is counted, not only from the first look at it.
        _ = app.Services.GetRequiredService<MetricsPage>();
        Use(app);
        Map(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, ServerOptions options, ServerParts parts)
    {
        services.AddSingleton(options);
        services.AddSingleton(parts);
        services.AddSingleton(parts.Time);
        services.AddSingleton(parts.Service);
        services.AddSingleton(parts.Artifacts);
        services.AddSingleton<Drain>();
        services.AddSingleton<ModelCache>();
        services.AddSingleton<ReportCache>();
        services.AddSingleton<MetricsPage>();
        services.AddSingleton<ServiceInstruments>();
        services.AddSingleton<ServiceObserver>();
        services.AddHostedService(provider => provider.GetRequiredService<ServiceObserver>());
        services.AddSingleton<PictureCache>();
        services.AddSingleton(provider => new TokenAuthority(
            options.TokenFile, options.RequiresTokens || !options.Listen.IsLoopback, LogOf(provider)));
        services.AddSingleton(new ServerInfo(Product.Version, options.Engine, options.Store, parts.Time.GetUtcNow()));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainTimeout);

        // Whoever starts the server decides when it ends; signals are none of its business.
        services.AddSingleton<IHostLifetime, CallersLifetime>();
        services.AddRouting();
        services.AddAnswerCompression();
        services.AddApiSecurity();
        services.AddRequestLimits(options);
        services.AddApiDocument();
        if (options.SweepsArtifacts)
        {
            services.AddHostedService<ArtifactSweep>();
        }
    }

    private static void Use(WebApplication app)
    {
        RequestSpans.Use(app);
        SecurityHeaders.Use(app);
        ProblemAnswers.Use(app, LogOf(app.Services));
        app.UseResponseCompression();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
    }

    private static void Map(WebApplication app)
    {
        DashboardEndpoints.Map(app);
        HealthEndpoints.Map(app);
        MetricsEndpoints.Map(app);
        ApiDocument.Map(app);
        var api = app.MapGroup("/api/v1");
        ServerEndpoints.Map(api);
        SearchEndpoints.Map(api);
        SteeringEndpoints.Map(api);
        HistoryEndpoints.Map(api);
        EventEndpoints.Map(api);
        ReportEndpoints.Map(api);
        PictureEndpoints.Map(api);
        WorkerEndpoints.Map(api);
        LeaseEndpoints.Map(api);
        ArtifactEndpoints.Map(api, app.Services.GetRequiredService<ServerOptions>());
    }

    private static void RequireTokensForOthers(ServerOptions options, TokenAuthority tokens)
    {
        if (!options.Listen.IsLoopback && tokens.Count == 0)
        {
            throw new ArgumentException(
                $"--listen {options.Listen} can be reached from other machines: expected a token file with at least one token, actual "
                + $"{(options.TokenFile is null ? "no file" : $"none in {options.TokenFile}")}. Run 'bitcurve token create --role admin"
                + $"{(options.TokenFile is null ? "" : $" --token-file {options.TokenFile}")}' first.");
        }
    }

    private static ILogger LogOf(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger("Bitcurve.Server");

    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
