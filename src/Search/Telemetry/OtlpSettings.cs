using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Bitcurve.Search.Telemetry;

/// <summary>
/// Which of the three kinds of telemetry are to be sent, by the standard variables of OpenTelemetry. All other variables are read by its
/// SDK; here they are only checked, for the SDK would silently ignore a wrong one.
/// </summary>
/// <param name="Traces">Whether spans are sent.</param>
/// <param name="Metrics">Whether metrics are sent.</param>
/// <param name="Logs">Whether logs are sent.</param>
public sealed record OtlpSettings(bool Traces, bool Metrics, bool Logs)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static readonly IReadOnlyList<string> Signals = ["TRACES", "METRICS", "LOGS"];
    private static readonly IReadOnlyList<string> Protocols = ["grpc", "http/protobuf"];
    private static readonly IReadOnlyList<string> Samplers =
        ["always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio"];

    private static readonly IReadOnlyList<string> PositiveIntegers =
    [
        "OTEL_EXPORTER_OTLP_TIMEOUT", "OTEL_METRIC_EXPORT_INTERVAL", "OTEL_METRIC_EXPORT_TIMEOUT", "OTEL_BSP_SCHEDULE_DELAY",
        "OTEL_BSP_EXPORT_TIMEOUT", "OTEL_BSP_MAX_QUEUE_SIZE", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "OTEL_BLRP_SCHEDULE_DELAY",
        "OTEL_BLRP_EXPORT_TIMEOUT", "OTEL_BLRP_MAX_QUEUE_SIZE", "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE",
    ];

    public bool Any => Traces || Metrics || Logs;

    /// <summary>The variables of this process.</summary>
    public static IConfiguration Environment => new ConfigurationBuilder().AddEnvironmentVariables().Build();

    /// <summary>What the variables ask for: nothing without an endpoint, nothing with <c>OTEL_SDK_DISABLED=true</c>.</summary>
    /// <exception cref="ArgumentException">A variable has a value that OpenTelemetry does not know; the message names it.</exception>
    public static OtlpSettings Read(IConfiguration environment)
    {
        string? Value(string name) => environment[name] is { Length: > 0 } value ? value.Trim() : null;

        if (OneOf("OTEL_SDK_DISABLED", Value("OTEL_SDK_DISABLED")?.ToLowerInvariant(), ["true", "false"]) == "true")
        {
            return new OtlpSettings(false, false, false);
        }

        bool[] wanted = [.. Signals.Select(signal => IsSent(signal, Value))];
        if (wanted.Any(signal => signal))
        {
            CheckShared(Value);
        }

        return new OtlpSettings(wanted[0], wanted[1], wanted[2]);
    }

    private static bool IsSent(string signal, Func<string, string?> value)
    {
        string own = $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT";
        string? exporter = OneOf($"OTEL_{signal}_EXPORTER", value($"OTEL_{signal}_EXPORTER"), ["otlp", "none"]);
        if (exporter == "none" || (value(own) ?? value(Endpoint)) is null)
        {
            return false;
        }

        CheckAddress(Endpoint, value(Endpoint));
        CheckAddress(own, value(own));
        OneOf($"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL", value($"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL"), Protocols);
        CheckPositive($"OTEL_EXPORTER_OTLP_{signal}_TIMEOUT", value($"OTEL_EXPORTER_OTLP_{signal}_TIMEOUT"));
        CheckPairs($"OTEL_EXPORTER_OTLP_{signal}_HEADERS", value($"OTEL_EXPORTER_OTLP_{signal}_HEADERS"));
        return true;
    }

    private static void CheckShared(Func<string, string?> value)
    {
        OneOf("OTEL_EXPORTER_OTLP_PROTOCOL", value("OTEL_EXPORTER_OTLP_PROTOCOL"), Protocols);
        CheckPairs("OTEL_EXPORTER_OTLP_HEADERS", value("OTEL_EXPORTER_OTLP_HEADERS"));
        CheckPairs("OTEL_RESOURCE_ATTRIBUTES", value("OTEL_RESOURCE_ATTRIBUTES"));
        foreach (string name in PositiveIntegers)
        {
            CheckPositive(name, value(name));
        }

        OneOf("OTEL_TRACES_SAMPLER", value("OTEL_TRACES_SAMPLER"), Samplers);
        const string share = "OTEL_TRACES_SAMPLER_ARG";
        if (value(share) is string text
            && !(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 0 and <= 1))
        {
            throw Wrong(share, "a number from 0 to 1", text);
        }
    }

    private static string? OneOf(string name, string? value, IReadOnlyList<string> known) =>
        value is null || known.Contains(value) ? value : throw Wrong(name, string.Join(" or ", known), value);

    private static void CheckAddress(string name, string? value)
    {
        if (value is not null && !(Uri.TryCreate(value, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"))
        {
            throw Wrong(name, "an address like http://10.0.0.1:4317", value);
        }
    }

    private static void CheckPositive(string name, string? value)
    {
        if (value is not null && !(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0))
        {
            throw Wrong(name, "a whole number above 0", value);
        }
    }

    // A header may hold a secret: the message must not show it.
    private static void CheckPairs(string name, string? value)
    {
        if (value is not null && value.Split(',').Any(pair => pair.IndexOf('=', StringComparison.Ordinal) < 1))
        {
            throw new ArgumentException($"{name}: expected name=value, separated by commas, actual something else.");
        }
    }

    private static ArgumentException Wrong(string name, string expected, string actual) => new($"{name}: expected {expected}, actual '{actual}'.");
}
