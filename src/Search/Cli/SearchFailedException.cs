namespace Bitcurve.Search.Cli;

/// <summary>The search could not start: its FP32 baseline failed for good.</summary>
public sealed class SearchFailedException(string reason) : Exception($"the search failed: {reason}");
