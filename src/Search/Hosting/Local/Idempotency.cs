using System.Text.Json;
using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Hosting.Local;

/// <summary>Keys that clients give with a creation: the same key means the same search, however often it is sent.</summary>
internal sealed class Idempotency(IDocumentStore documents)
{
    private const string Kind = "idempotency";

    /// <summary>The definition that the key belongs to: the given one, or that of an earlier call.</summary>
    /// <exception cref="IdempotencyConflictException">The key belongs to another definition.</exception>
    internal async Task<SearchDefinition> ClaimAsync(string key, SearchDefinition definition, CancellationToken cancellation)
    {
        string json = JsonSerializer.Serialize(definition, SearchJson.Options);
        string stored = await documents.PutIfAbsentAsync(Kind, key, json, cancellation);
        SearchDefinition first = JsonSerializer.Deserialize<SearchDefinition>(stored, SearchJson.Options)!;
        var differences = DefinitionDifference.Between(first, definition).Where(difference => difference.Field != "id").Select(difference => $"{difference}").ToList();
        if (first.Budget != definition.Budget)
        {
            differences.Add($"budget: expected {first.Budget}, actual {definition.Budget}");
        }

        return differences.Count == 0 ? first : throw new IdempotencyConflictException(key, string.Join("; ", differences));
    }
}
