using System.Globalization;
using Bitcurve.Search.Api.Problems;
using Bitcurve.Search.Hosting;
using Bitcurve.Workers.Contracts;
using Microsoft.AspNetCore.Http;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>Reads parts of addresses and headers. All of it comes from outside: nothing goes on before it has the form that it must have.</summary>
internal static class RequestValues
{
    internal const int MostItems = 500;
    private const int DefaultItems = 100;
    private const int LongestKey = 200;
    private const int HashLength = 64;

    /// <summary>The search that the address names.</summary>
    internal static string SearchId(HttpContext context)
    {
        string id = Route(context, "id");
        return SearchIds.IsValid(id) ? id : throw ProblemException.NotFound("Search: expected an id of letters, digits and dashes, actual another text.");
    }

    internal static LeaseId Lease(HttpContext context) =>
        LeaseId.Parse(Route(context, "leaseId")) is LeaseId lease && SearchIds.IsValid(lease.SearchId)
            ? lease
            : throw ProblemException.NotFound("Lease: expected SEARCH.JOB.TOKEN, actual another text.");

    /// <summary>The SHA-256 that the address names, lower-case hex.</summary>
    internal static string Hash(HttpContext context)
    {
        string hash = Route(context, "sha256");
        return hash.Length == HashLength && hash.All(char.IsAsciiHexDigitLower)
            ? hash
            : throw ProblemException.NotFound("Artifact: expected a SHA-256 of 64 lower-case hexadecimal digits, actual another text.");
    }

    /// <summary>How many items to list, 1 to <see cref="MostItems"/>.</summary>
    internal static int Limit(HttpContext context) => (int)Number(context, "limit", 1, MostItems, DefaultItems);

    /// <summary>The number after which to list, 0 for the beginning.</summary>
    internal static long After(HttpContext context) => Number(context, "after", 0, long.MaxValue, 0);

    /// <summary>The version that the caller has, 0 for none.</summary>
    internal static long Since(HttpContext context) => Number(context, "since", 0, long.MaxValue, 0);

    /// <summary>The id after which to list, null for the beginning.</summary>
    internal static string? AfterId(HttpContext context)
    {
        string? after = Single(context, "after");
        return after is null || SearchIds.IsValid(after)
            ? after
            : throw ProblemException.BadRequest("after", "the id of a search", "another text");
    }

    internal static string? Single(HttpContext context, string name) => context.Request.Query[name] switch
    {
        [] => null,
        [var one] => one,
        var several => throw ProblemException.BadRequest(name, "one value", $"{several.Count}"),
    };

    internal static string? IdempotencyKey(HttpContext context)
    {
        const string name = "Idempotency-Key";
        string[] given = [.. context.Request.Headers[name].OfType<string>()];
        return given switch
        {
            [] => null,
            [{ Length: > 0 and <= LongestKey } key] when key.All(letter => letter is >= ' ' and <= '~') => key,
            _ => throw ProblemException.BadRequest(name, $"one value of 1 to {LongestKey} printable characters", "something else"),
        };
    }

    /// <summary>A whole number in a header, null when the header is missing.</summary>
    internal static long? Header(HttpContext context, string name)
    {
        string? text = context.Request.Headers[name];
        return text is null ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value
            : throw ProblemException.BadRequest(name, "a whole number", "another text");
    }

    private static string Route(HttpContext context, string name) => context.Request.RouteValues[name] as string ?? "";

    private static long Number(HttpContext context, string name, long minimum, long maximum, long otherwise)
    {
        string? text = Single(context, name);
        if (text is null)
        {
            return otherwise;
        }

        string expected = maximum == long.MaxValue ? $"a whole number from {minimum}" : $"a whole number within {minimum}..{maximum}";
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= minimum && value <= maximum
            ? value
            : throw ProblemException.BadRequest(name, expected, text.Length <= 20 ? $"'{text}'" : "a longer text");
    }
}
