namespace Bitcurve.Search.Hosting.Local;

/// <summary>A stored search was opened with another definition. Nothing is changed.</summary>
public sealed class SearchMismatchException(string id, IReadOnlyList<string> differences)
    : Exception($"Search {id} was started with another definition. {string.Join("; ", differences)}.")
{
    /// <summary>One line per field: its name, the stored value (expected) and the given one (actual).</summary>
    public IReadOnlyList<string> Differences { get; } = differences;
}
