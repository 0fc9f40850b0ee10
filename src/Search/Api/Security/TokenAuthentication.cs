using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Bitcurve.Search.Api.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bitcurve.Search.Api.Security;

/// <summary>
/// <c>Authorization: Bearer TOKEN</c>. Where no token is needed, a caller without one acts as admin if the request comes from this machine
/// and no web page of another site made it: neither a name that leads to this machine nor a form on a page may steer searches.
/// </summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, TokenAuthority tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    internal const string SchemeName = "Bearer";

    /// <summary>Claim that names the token, for rate limits and logs.</summary>
    internal const string TokenIdClaim = "token";

    private const string Prefix = SchemeName + " ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string[] given = [.. Request.Headers.Authorization.OfType<string>()];
        if (given.Length == 0)
        {
            return Task.FromResult(!tokens.IsRequired && IsOfThisMachine() ? Success(Role.Admin, "anonymous", "") : AuthenticateResult.NoResult());
        }

        return Task.FromResult(
            given is [string header] && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && tokens.Find(header[Prefix.Length..].Trim()) is TokenEntry entry
                ? Success(entry.Role, entry.Name, entry.Id)
                : AuthenticateResult.Fail("Unknown token."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = SchemeName;
        string actual = Request.Headers.Authorization.Count == 0 ? "none" : "one that is not valid";
        return ProblemAnswers.WriteAsync(Context, new Problem(
            "No valid token", StatusCodes.Status401Unauthorized, $"Authorization: expected 'Bearer TOKEN', actual {actual}."));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        string role = Context.User.FindFirstValue(ClaimTypes.Role) ?? "none";
        return ProblemAnswers.WriteAsync(Context, new Problem(
            "Not allowed", StatusCodes.Status403Forbidden, $"Role: expected one that may {Request.Method} {Request.Path}, actual {role}."));
    }

    private AuthenticateResult Success(Role role, string name, string id)
    {
        Claim[] claims = [new(ClaimTypes.Role, role.ToString().ToLowerInvariant()), new(ClaimTypes.Name, name), new(TokenIdClaim, id)];
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, SchemeName)), SchemeName));
    }

    private bool IsOfThisMachine()
    {
        IPAddress? from = Context.Connection.RemoteIpAddress;
        return from is not null && IPAddress.IsLoopback(from)
            && IsLoopbackName(Request.Host.Host)
            && !Request.Headers.ContainsKey("Forwarded") && !Request.Headers.ContainsKey("X-Forwarded-For")
            && IsOwnOrigin();
    }

    private bool IsOwnOrigin()
    {
        string? origin = Request.Headers.Origin;
        string? site = Request.Headers["Sec-Fetch-Site"];
        return (origin is null || origin == $"{Request.Scheme}://{Request.Host}")
            && (site is null or "same-origin" or "none");
    }

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
