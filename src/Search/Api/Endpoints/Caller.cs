using System.Security.Claims;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>Who makes a request.</summary>
/// <param name="Name">Of the token, <c>anonymous</c> where none is needed.</param>
/// <param name="Role"><c>admin</c> or <c>viewer</c>.</param>
/// <param name="Tokens">Whether this server asks everybody for a token.</param>
public sealed record Caller(string Name, string Role, bool Tokens)
{
    internal static Caller Of(ClaimsPrincipal caller, bool requiresTokens) =>
        new(caller.FindFirstValue(ClaimTypes.Name) ?? "", caller.FindFirstValue(ClaimTypes.Role) ?? "", requiresTokens);
}
