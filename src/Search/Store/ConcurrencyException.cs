namespace Bitcurve.Search.Store;

/// <summary>Someone else saved the search in between: the caller's state is stale.</summary>
public sealed class ConcurrencyException(string id, string? expectedEtag, string? actualEtag)
    : Exception($"Search {id}: expected version {expectedEtag ?? "none"}, actual {actualEtag ?? "none"}.");
