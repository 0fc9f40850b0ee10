namespace Bitcurve.Search.Hosting;

/// <summary>No search has this id.</summary>
public sealed class SearchNotFoundException(string id) : Exception($"Search: expected the id of one that exists, actual '{id}'.");

/// <summary>A request of a worker that is not registered, or that registered again since.</summary>
public sealed class StaleSessionException(string workerId)
    : Exception($"Worker {workerId}: expected the session of its last registration, actual another one. Register again.");

/// <summary>An idempotency key came with a definition other than the first one.</summary>
public sealed class IdempotencyConflictException(string key, string differences)
    : Exception($"Idempotency key '{key}': expected the search that it was first used for, actual another one: {differences}.");
