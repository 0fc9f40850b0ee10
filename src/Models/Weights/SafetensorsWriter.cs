using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bitcurve.Models.Weights;

/// <summary>Writes safetensors files: the same tensors and metadata give the same bytes, in whatever order they come.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes a file so that a reader sees the old one or the whole new one, also after a crash.</summary>
    /// <remarks>A temporary file beside it is written, flushed to the disk and renamed; it is removed where writing fails.</remarks>
    /// <exception cref="ArgumentException">Two tensors have one name, or the header is too long.</exception>
    /// <exception cref="IOException">The disk is full, or the folder is missing.</exception>
    public static void Write(
        string path, IEnumerable<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata = null)
    {
        // Unique per writer, so that two of them at one path cannot mix their bytes.
        string temporary = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                Write(stream, entries, metadata);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            // Missing where the folder is: then the first error is the one to show.
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            throw;
        }
    }

    /// <summary>Writes header and data at the stream's position and leaves the stream open.</summary>
    /// <remarks>Names are sorted by their UTF-16 values, the header is padded with spaces to a multiple of 8 bytes.</remarks>
    /// <exception cref="ArgumentException">Two tensors have one name, or the header is too long.</exception>
    public static void Write(
        Stream stream, IEnumerable<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata = null)
    {
        SafetensorsEntry[] sorted = [.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        RequireUniqueNames(sorted);
        byte[] header = Header(sorted, metadata);
        Span<byte> prefix = stackalloc byte[SafetensorsHeader.PrefixBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header);
        foreach (SafetensorsEntry entry in sorted)
        {
            stream.Write(entry.Data.Span);
        }
    }

    private static void RequireUniqueNames(SafetensorsEntry[] sorted)
    {
        for (int index = 1; index < sorted.Length; index++)
        {
            if (sorted[index].Name == sorted[index - 1].Name)
            {
                throw new ArgumentException($"Expected each name once, actual '{sorted[index].Name}' twice.", "entries");
            }
        }
    }

    private static byte[] Header(SafetensorsEntry[] sorted, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        // Relaxed: names stay readable UTF-8, as the reference implementation writes them.
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            WriteTensors(json, sorted);
            json.WriteEndObject();
        }

        // Spaces up to a multiple of 8, so that the data begin aligned.
        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.Length <= SafetensorsHeader.MaximumBytes
            ? buffer.ToArray()
            : throw new ArgumentException(
                $"Expected a header of at most {SafetensorsHeader.MaximumBytes} bytes, actual {buffer.Length}.", "entries");
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null || metadata.Count == 0)
        {
            return;
        }

        json.WriteStartObject(SafetensorsHeader.MetadataName);
        foreach ((string name, string text) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, text);
        }

        json.WriteEndObject();
    }

    private static void WriteTensors(Utf8JsonWriter json, SafetensorsEntry[] sorted)
    {
        long begin = 0;
        foreach (SafetensorsEntry entry in sorted)
        {
            json.WriteStartObject(entry.Name);
            json.WriteString("dtype", entry.Type.Label());
            WriteNumbers(json, "shape", entry.Shape);
            WriteNumbers(json, "data_offsets", [begin, begin + entry.Data.Length]);
            json.WriteEndObject();
            begin += entry.Data.Length;
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
