using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitcurve.Workers.Contracts;

/// <summary>How the job protocol is written as JSON: camel case, enums by name, NaN as a string.</summary>
public static class JobJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        IgnoreReadOnlyProperties = true,

        // A diverged metric is what it is.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
