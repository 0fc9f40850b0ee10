using System.Security.Cryptography;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Tests;

/// <summary>Artifacts in memory.</summary>
internal sealed class MemoryArtifacts : IArtifactStore
{
    private readonly Dictionary<string, byte[]> contents = [];

    public bool Contains(string hash) => contents.ContainsKey(hash);

    public Stream OpenRead(string hash) => new MemoryStream(contents[hash], writable: false);

    public string Put(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream.ToArray()));
        contents[hash] = stream.ToArray();
        return hash;
    }
}
