using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Bitcurve.Models.Data.Volumes;

/// <summary>Samples of one shape as bytes: voxel grids, clips, images. Thread-safe for reading; treat what it gives as read-only.</summary>
public abstract class ByteSamples
{
    private readonly Lazy<string> contentHash;

    /// <param name="name">What messages call it, for example "solids train".</param>
    /// <param name="count">N.</param>
    /// <param name="shape">Channels, then positions, each at least 1: C x D x H x W of a volume, C x H x W of an image.</param>
    /// <exception cref="ArgumentException">There is no sample, or an extent is below 1.</exception>
    protected ByteSamples(string name, int count, IReadOnlyList<int> shape)
    {
        if (count < 1 || shape.Count < 2 || shape.Any(extent => extent < 1))
        {
            throw new ArgumentException($"{name}: expected samples with channels and positions, actual {count} of {string.Join('x', shape)}");
        }

        (Name, Count, Shape) = (name, count, shape);
        SampleBytes = shape.Aggregate(1, (product, extent) => checked(product * extent));
        contentHash = new Lazy<string>(ComputeHash);
    }

    public string Name { get; }

    /// <summary>N.</summary>
    public int Count { get; }

    /// <summary>Channels, then positions.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Product of <see cref="Shape"/>.</summary>
    public int SampleBytes { get; }

    /// <summary>SHA-256 of N, the shape as little-endian int32, then the samples: 64 lower-case hexadecimal digits. Computed on first use.</summary>
    public string ContentHash => contentHash.Value;

    /// <summary>The bytes of one sample, channels outermost.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sample.</exception>
    public abstract ReadOnlySpan<byte> this[int index] { get; }

    private string ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = new byte[4 * (1 + Shape.Count)];
        BinaryPrimitives.WriteInt32LittleEndian(head, Count);
        for (var axis = 0; axis < Shape.Count; axis++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4 * (1 + axis)), Shape[axis]);
        }

        hash.AppendData(head);
        for (var index = 0; index < Count; index++)
        {
            hash.AppendData(this[index]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>Samples in memory.</summary>
public sealed class MemorySamples : ByteSamples
{
    private readonly IReadOnlyList<byte[]> samples;

    /// <param name="name">What messages call it.</param>
    /// <param name="samples">N arrays of as many bytes as <paramref name="shape"/> has elements, channels outermost.</param>
    /// <param name="shape">Channels, then positions.</param>
    /// <exception cref="ArgumentException">There is no sample, or one has another size.</exception>
    public MemorySamples(string name, IReadOnlyList<byte[]> samples, IReadOnlyList<int> shape)
        : base(name, samples.Count, shape)
    {
        this.samples = samples;
        for (var index = 0; index < samples.Count; index++)
        {
            if (samples[index].Length != SampleBytes)
            {
                throw new ArgumentException($"{name}, sample {index}: expected {string.Join('x', shape)} = {SampleBytes} bytes, actual {samples[index].Length}");
            }
        }
    }

    public override ReadOnlySpan<byte> this[int index] => index >= 0 && index < Count
        ? samples[index]
        : throw new ArgumentOutOfRangeException(nameof(index), $"{Name}: expected a sample in 0 .. {Count - 1}, actual {index}");
}

/// <summary>Samples that are read whenever they are asked for.</summary>
/// <param name="name">What messages call it.</param>
/// <param name="count">N.</param>
/// <param name="shape">Channels, then positions.</param>
/// <param name="read">Gives the bytes of one sample, as many as <paramref name="shape"/> has elements.</param>
public sealed class ReadSamples(string name, int count, IReadOnlyList<int> shape, Func<int, byte[]> read) : ByteSamples(name, count, shape)
{
    /// <exception cref="ArgumentException">The sample has another size.</exception>
    public override ReadOnlySpan<byte> this[int index] => read(index) is { } sample && sample.Length == SampleBytes
        ? sample
        : throw new ArgumentException($"{Name}, sample {index}: expected {string.Join('x', Shape)} = {SampleBytes} bytes, actual others");
}
