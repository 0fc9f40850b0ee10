namespace Bitcurve.Search.Api.Endpoints;

/// <summary>A list in full.</summary>
public sealed record Listing<T>(IReadOnlyList<T> Items);

/// <summary>Part of a longer list.</summary>
/// <param name="Items">Ascending by id.</param>
/// <param name="Next">Id to give as <c>after</c> to go on; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <param name="oneMore">What there is, up to one item more than asked for: it tells whether there is a next page.</param>
    /// <param name="limit">Items asked for.</param>
    /// <param name="id">Names an item.</param>
    internal static Page<T> Of(IReadOnlyList<T> oneMore, int limit, Func<T, string> id) => oneMore.Count <= limit
        ? new(oneMore, null)
        : new([.. oneMore.Take(limit)], id(oneMore[limit - 1]));
}

/// <summary>Part of a longer list whose items are numbered.</summary>
/// <param name="Items">In ascending order.</param>
/// <param name="Next">Number to give as <c>after</c> to go on; null at the end.</param>
public sealed record NumberedPage<T>(IReadOnlyList<T> Items, long? Next)
{
    /// <param name="oneMore">What there is, up to one item more than asked for: it tells whether there is a next page.</param>
    /// <param name="limit">Items asked for.</param>
    /// <param name="number">Of an item.</param>
    internal static NumberedPage<T> Of(IReadOnlyList<T> oneMore, int limit, Func<T, long> number) => oneMore.Count <= limit
        ? new(oneMore, null)
        : new([.. oneMore.Take(limit)], number(oneMore[limit - 1]));
}
