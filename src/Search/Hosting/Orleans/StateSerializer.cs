using System.Text.Json;
using Bitcurve.Search.Trials;
using Orleans.Storage;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>The stored form of a grain's state: the search's JSON, which names no types, so that a renamed class still reads its rows.</summary>
internal sealed class StateSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T input) => new(JsonSerializer.SerializeToUtf8Bytes(input, SearchJson.Options));

    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span, SearchJson.Options)!;
}
