using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Bitcurve.Search.Api.Security;

/// <summary>Who may do what. An endpoint that names no policy is for admins.</summary>
internal static class ApiSecurity
{
    internal static void AddApiSecurity(this IServiceCollection services)
    {
        // The core only: the whole of it would also keep keys for cookies, in a file, and there are no cookies.
        services.AddWebEncoders();
        services.AddTransient<TokenAuthentication>();
        services.AddAuthenticationCore(schemes =>
        {
            schemes.DefaultScheme = TokenAuthentication.SchemeName;
            schemes.AddScheme<TokenAuthentication>(TokenAuthentication.SchemeName, displayName: null);
        });
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Admin, policy => policy.RequireRole(Policies.Admin))
            .AddPolicy(Policies.Worker, policy => policy.RequireRole(Policies.Worker, Policies.Admin))
            .AddPolicy(Policies.Viewer, policy => policy.RequireRole(Policies.Viewer, Policies.Admin))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder(TokenAuthentication.SchemeName).RequireRole(Policies.Admin).Build());
    }
}
