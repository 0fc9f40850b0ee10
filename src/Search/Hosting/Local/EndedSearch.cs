namespace Bitcurve.Search.Hosting.Local;

/// <summary>What is kept of an ended search, so that it need not be in memory.</summary>
/// <param name="Summary">For lists.</param>
/// <param name="Artifacts">That its results refer to.</param>
internal sealed record EndedSearch(SearchSummary Summary, IReadOnlyList<string> Artifacts);
