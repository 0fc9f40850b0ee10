using System.Text.Json;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>
/// Values of the domain between grains: JSON as in the journal, so that the domain needs no attributes of the cluster and silos of
/// different versions understand each other as far as journals do.
/// </summary>
internal static class GrainJson
{
    internal static string Write<T>(T value) => JsonSerializer.Serialize(value, SearchJson.Options);

    internal static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, SearchJson.Options)!;
}
