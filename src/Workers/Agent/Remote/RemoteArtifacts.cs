using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Agent.Remote;

/// <summary>The server's artifacts, through a cache on the worker's disk. Thread-safe.</summary>
/// <param name="server">Where artifacts come from and go to.</param>
/// <param name="cache">Where they are read and written.</param>
/// <param name="closing">Ends waiting for a download: reading takes no token of its own.</param>
public sealed class RemoteArtifacts(ServerConnection server, ArtifactCache cache, CancellationToken closing) : IArtifactStore
{
    /// <summary>Whether it can be read without the server.</summary>
    public bool Contains(string hash) => cache.Contains(hash);

    /// <summary>Downloads it first where needed.</summary>
    /// <exception cref="FileNotFoundException">Neither here nor at the server.</exception>
    /// <exception cref="InvalidDataException">What the server sends has another hash.</exception>
    /// <exception cref="OperationCanceledException">The worker closes.</exception>
    public Stream OpenRead(string hash)
    {
        while (true)
        {
            if (cache.TryOpen(hash) is { } stream)
            {
                return stream;
            }

            // The caller is the thread that does nothing but tensors: it has nothing else to do until the artifact is there.
            ArtifactDownload.FetchAsync(server, cache, hash, closing).GetAwaiter().GetResult();
        }
    }

    /// <summary>Stores it here; the server gets it when a heartbeat or report names it.</summary>
    public string Put(Action<Stream> write) => cache.PutPinned(write);

    /// <summary>Returns when the server has it.</summary>
    /// <exception cref="RequestRefusedException">The server does not take it.</exception>
    /// <exception cref="FileNotFoundException">Neither here nor at the server.</exception>
    internal async Task UploadAsync(string hash, CancellationToken cancellation)
    {
        await ArtifactUpload.SendAsync(
            server,
            hash,
            () => cache.TryOpen(hash) ?? throw new FileNotFoundException($"artifact {hash}: expected one in this worker's cache, actual none"),
            cancellation);
        cache.Unpin(hash);
    }

    /// <summary>No job is running: whatever was not sent is not wanted any more.</summary>
    internal void ForgetUnsent() => cache.UnpinAll();
}
