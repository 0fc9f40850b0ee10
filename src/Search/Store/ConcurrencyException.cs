namespace Bitcurve.Search.Store;

/// <summary>Someone else changed the search: the store holds another number of events than its writer knew. Nothing was changed.</summary>
public sealed class ConcurrencyException(string id, long expectedVersion, long actualVersion)
    : Exception($"Search {id}: expected {expectedVersion} stored events, actual {actualVersion}.")
{
    public long ActualVersion { get; } = actualVersion;
}
