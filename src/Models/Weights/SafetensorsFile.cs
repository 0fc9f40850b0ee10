using Bitcurve.Models.Data;

namespace Bitcurve.Models.Weights;

/// <summary>An open safetensors file: the header is checked on opening, each tensor's data is read when asked for.</summary>
/// <remarks>Memory is the header plus the tensor in hand, whatever the file's size. Thread-safe: reads take turns.</remarks>
public sealed class SafetensorsFile : IDisposable
{
    private readonly Stream stream;
    private readonly Lock turn = new();
    private readonly string file;
    private readonly SafetensorsHeader header;
    private readonly Dictionary<string, SafetensorsTensor> byName;

    private SafetensorsFile(Stream stream, string file)
    {
        (this.stream, this.file) = (stream, file);
        header = SafetensorsHeader.Read(stream, file);
        byName = header.Tensors.ToDictionary(tensor => tensor.Name);
    }

    /// <summary>The tensors in the order of their data.</summary>
    public IReadOnlyList<SafetensorsTensor> Entries => header.Tensors;

    /// <summary>The file's text by name; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="DataFormatException">The file is missing or breaks the format; names tensor and byte.</exception>
    public static SafetensorsFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new DataFormatException(path, "safetensors file", null, "a file", "no such file");
        }

        FileStream stream = File.OpenRead(path);
        try
        {
            return new SafetensorsFile(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens a stream and checks its header; the format starts at the stream's first byte.</summary>
    /// <remarks>Disposing the result disposes the stream; where opening fails, the stream stays open.</remarks>
    /// <param name="stream">Readable and seekable.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="DataFormatException">The bytes break the format.</exception>
    public static SafetensorsFile Open(Stream stream, string name = "stream") => stream.CanSeek
        ? new SafetensorsFile(stream, name)
        : throw new ArgumentException("Expected a stream that can seek, actual one that cannot.", nameof(stream));

    /// <summary>The tensor's bytes as stored: little-endian, row-major.</summary>
    /// <exception cref="ArgumentException">There is no such tensor, or it is larger than one array.</exception>
    /// <exception cref="DataFormatException">The file became shorter after it was opened.</exception>
    public byte[] ReadBytes(string name)
    {
        SafetensorsTensor tensor = Find(name, Array.MaxLength);
        byte[] data = new byte[tensor.Bytes];
        Fill(tensor, 0, data);
        return data;
    }

    /// <summary>The tensor's values, row-major.</summary>
    /// <remarks>F16 and BF16 convert exactly, F64 rounds to nearest (beyond the range of F32: infinity).</remarks>
    /// <exception cref="ArgumentException">There is no such tensor, it is not floating-point, or it is larger than one array.</exception>
    /// <exception cref="DataFormatException">The file became shorter after it was opened.</exception>
    public float[] ReadFloat32(string name)
    {
        SafetensorsTensor tensor = Find(name, (long)Array.MaxLength * 2);
        if (!Float32Conversion.CanConvert(tensor.Type))
        {
            throw new ArgumentException(
                $"Tensor '{name}' of {file}: expected one of F16, BF16, F32, F64, actual {tensor.Type.Label()}.", nameof(name));
        }

        float[] values = new float[tensor.Count];
        int size = tensor.Type.Bytes();
        // By chunks: a large tensor never lies in memory twice.
        byte[] chunk = new byte[Math.Min(tensor.Bytes, 1 << 20)];
        for (int done = 0; done < values.Length;)
        {
            int count = Math.Min(chunk.Length / size, values.Length - done);
            Fill(tensor, (long)done * size, chunk.AsSpan(0, count * size));
            Float32Conversion.Convert(tensor.Type, chunk.AsSpan(0, count * size), values.AsSpan(done, count));
            done += count;
        }

        return values;
    }

    public void Dispose() => stream.Dispose();

    private SafetensorsTensor Find(string name, long maximumBytes)
    {
        if (!byName.TryGetValue(name, out SafetensorsTensor? tensor))
        {
            throw new ArgumentException($"Expected one of the {byName.Count} tensors of {file}, actual '{name}'.", nameof(name));
        }

        return tensor.Bytes <= maximumBytes && tensor.Count <= Array.MaxLength
            ? tensor
            : throw new ArgumentException(
                $"Tensor '{name}' of {file}: expected at most {maximumBytes} bytes for one array, actual {tensor.Bytes}.", nameof(name));
    }

    private void Fill(SafetensorsTensor tensor, long skip, Span<byte> target)
    {
        lock (turn)
        {
            long offset = header.DataStart + tensor.Begin + skip;
            stream.Position = offset;
            int read = stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
            if (read < target.Length)
            {
                throw new DataFormatException(
                    file, $"tensor '{tensor.Name}'", offset, $"{target.Length} bytes", $"{read} (the file became shorter)");
            }
        }
    }
}
