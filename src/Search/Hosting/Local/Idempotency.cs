using System.Text.Json;
using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Hosting.Local;

/// <summary>Keys that clients give with a creation: the same key means the same search, however often it is sent.</summary>
public sealed class Idempotency(IDocumentStore documents)
{
    private const string Kind = "idempotency";

    /// <summary>The definition that the key belongs to: the given one, or that of an earlier call.</summary>
    /// <exception cref="IdempotencyConflictException">The key belongs to another definition.</exception>
    public async Task<SearchDefinition> ClaimAsync(string key, SearchDefinition definition, CancellationToken cancellation)
    {
        string json = JsonSerializer.Serialize(definition, SearchJson.Options);
        return Resolve(key, await documents.PutIfAbsentAsync(Kind, key, json, cancellation), definition);
    }

    /// <summary>The definition that was stored under the key, if the given one means the same search.</summary>
    /// <param name="key">Chosen by the caller.</param>
    /// <param name="stored">JSON of the definition that came with the key first.</param>
    /// <param name="definition">The one that came with it now; its id does not matter.</param>
    /// <exception cref="IdempotencyConflictException">They differ.</exception>
    public static SearchDefinition Resolve(string key, string stored, SearchDefinition definition)
    {
        SearchDefinition first = JsonSerializer.Deserialize<SearchDefinition>(stored, SearchJson.Options)!;
        var differences = DefinitionDifference.Between(first, definition).Where(difference => difference.Field != "id").Select(difference => $"{difference}").ToList();
        if (first.Budget != definition.Budget)
        {
            differences.Add($"budget: expected {first.Budget}, actual {definition.Budget}");
        }

        return differences.Count == 0 ? first : throw new IdempotencyConflictException(key, string.Join("; ", differences));
    }
}
