using Bitcurve.Search.Api.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Bitcurve.Search.Api;

/// <summary>The OpenAPI description of the interface, <c>/openapi/v1.json</c>, made from the endpoints themselves.</summary>
internal static class ApiDocument
{
    private const string Name = "v1";

    internal static void AddApiDocument(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = ApiJson.Options.PropertyNamingPolicy;
            json.SerializerOptions.NumberHandling = ApiJson.Options.NumberHandling;
            json.SerializerOptions.IgnoreReadOnlyProperties = true;
            json.SerializerOptions.RespectNullableAnnotations = true;
            foreach (var converter in ApiJson.Options.Converters)
            {
                json.SerializerOptions.Converters.Add(converter);
            }
        });
        services.AddOpenApi(Name, document => document.AddDocumentTransformer((description, _, _) =>
        {
            description.Info = new OpenApiInfo
            {
                Title = "bitcurve",
                Version = Product.Version,
                Description = "Searches how many bits each layer of a network should have. Refusals are application/problem+json.",
            };
            description.Components ??= new OpenApiComponents();
            description.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            description.Components.SecuritySchemes["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
            return Task.CompletedTask;
        }));
    }

    internal static void Map(WebApplication app) => app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
}
