using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace Bitcurve.Search.Api;

/// <summary>Compresses answers for callers that ask for it: pictures of large searches are mostly digits. Streams of events stay as they are.</summary>
internal static class AnswerCompression
{
    internal static void AddAnswerCompression(this IServiceCollection services) => services.AddResponseCompression(compression =>
    {
        compression.Providers.Add<BrotliCompressionProvider>();
        compression.Providers.Add<GzipCompressionProvider>();
        compression.MimeTypes = ["application/json", "text/csv", "text/html", "text/plain"];
    });
}
