using System.Net;
using System.Net.Http.Headers;

namespace Bitcurve.Workers.Agent.Remote;

/// <summary>Fetches one artifact from the server, going on where an interrupted try stopped.</summary>
internal static class ArtifactDownload
{
    // A cut one goes on from where it was, so this only bounds how long a stalled connection is believed.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // A download damaged on the way is worth another; one that comes out wrong twice is wrong at the server.
    private const int MostTries = 2;

    /// <summary>Returns when the cache holds it.</summary>
    /// <exception cref="FileNotFoundException">The server has no such artifact.</exception>
    /// <exception cref="InvalidDataException">What the server sends has another hash.</exception>
    internal static async Task FetchAsync(ServerConnection server, ArtifactCache cache, string hash, CancellationToken cancellation)
    {
        for (var tries = 1; tries <= MostTries; tries++)
        {
            await server.SendAsync(() => Request(cache, hash), (response, limit) => AppendAsync(cache, hash, response, limit), Patience, cancellation);
            if (cache.TryAdopt(hash))
            {
                return;
            }
        }

        throw new InvalidDataException($"artifact {hash}: expected content with this hash, actual another one in {MostTries} downloads");
    }

    private static HttpRequestMessage Request(ArtifactCache cache, string hash)
    {
        var partial = new FileInfo(cache.PartialPath(hash));
        return new HttpRequestMessage(HttpMethod.Get, $"artifacts/{hash}")
        {
            Headers = { Range = partial is { Exists: true, Length: > 0 } ? new RangeHeaderValue(partial.Length, null) : null },
        };
    }

    private static async Task<bool> AppendAsync(ArtifactCache cache, string hash, HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            throw new FileNotFoundException($"artifact {hash}: expected one that the server has, actual none");
        }

        // The part that is here is the whole already, or too long: its hash will tell.
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return true;
        }

        await ServerConnection.RequireSuccessAsync(response, cancellation);
        var goesOn = response.StatusCode == HttpStatusCode.PartialContent;
        await using var file = new FileStream(cache.PartialPath(hash), goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None);
        await response.Content.CopyToAsync(file, cancellation);
        return true;
    }
}
