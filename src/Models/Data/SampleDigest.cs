using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Bitcurve.Models.Data;

/// <summary>SHA-256 of the arrays of samples, in the order in which they are added.</summary>
public sealed class SampleDigest : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The array's length and its bytes as they lie in memory (little-endian on every platform that .NET runs these libraries on).</summary>
    public void Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Add(values.Length);
        hash.AppendData(MemoryMarshal.AsBytes(values));
    }

    public void Add(int value) => hash.AppendData(BitConverter.GetBytes(value));

    /// <summary>64 lower-case hexadecimal digits of what was added since the last call.</summary>
    public string Finish() => Convert.ToHexStringLower(hash.GetHashAndReset());

    public void Dispose() => hash.Dispose();
}
