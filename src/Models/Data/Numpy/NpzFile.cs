using System.IO.Compression;

namespace Bitcurve.Models.Data.Numpy;

/// <summary>An open .npz file: a zip archive, stored or deflated, of .npy files. One thread at a time.</summary>
public sealed class NpzFile : IDisposable
{
    // Deflate's limit: an entry that claims to hold more than this many times its packed bytes is not read at all.
    private const long LargestRatio = 1032;

    private readonly string path;
    private readonly ZipArchive archive;

    private NpzFile(string path, ZipArchive archive) => (this.path, this.archive) = (path, archive);

    /// <exception cref="DataFormatException">The file is missing or no zip archive.</exception>
    public static NpzFile Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new DataFormatException(path, "npz file", null, "a file", "no such file");
        }

        FileStream stream = File.OpenRead(path);
        try
        {
            var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            // Reads the directory at the archive's end.
            _ = archive.Entries.Count;
            return new NpzFile(path, archive);
        }
        catch (Exception error) when (IsDamage(error))
        {
            stream.Dispose();
            throw new DataFormatException(path, "npz file", null, "a zip archive", error.Message);
        }
    }

    /// <summary>Whether the archive holds <paramref name="name"/>.npy.</summary>
    public bool Contains(string name) => archive.GetEntry($"{name}.npy") is not null;

    /// <summary>Reads the array <paramref name="name"/>.npy.</summary>
    /// <exception cref="DataFormatException">
    /// There is none, the archive is damaged, or the array breaks its format; names FILE!ENTRY and the byte within the entry.</exception>
    public NpyArray Read(string name)
    {
        string place = $"{path}!{name}.npy";
        ZipArchiveEntry entry = archive.GetEntry($"{name}.npy")
            ?? throw new DataFormatException(path, "npz file", null, $"an entry {name}.npy", $"only {string.Join(", ", archive.Entries)}");
        try
        {
            return NpyArray.Read(Unpacked(entry, place), place);
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw new DataFormatException(place, "zip entry", null, "one that can be unpacked", error.Message);
        }
    }

    public void Dispose() => archive.Dispose();

    // The archive's reader does not compare checksums; without that, a damaged stored entry would be read as other pixels.
    private static byte[] Unpacked(ZipArchiveEntry entry, string place)
    {
        if (entry.Length > Math.Min(Array.MaxLength, (entry.CompressedLength + 1) * LargestRatio))
        {
            throw new DataFormatException(
                place, "zip entry", null, $"at most {LargestRatio} times its {entry.CompressedLength} packed bytes, and one array", $"{entry.Length}");
        }

        byte[] bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
        {
            throw new DataFormatException(place, "zip entry", read, $"{bytes.Length} bytes", $"{read} (the file is truncated)");
        }

        uint checksum = Crc32.Of(bytes);
        return checksum == entry.Crc32
            ? bytes
            : throw new DataFormatException(place, "checksum", null, $"{entry.Crc32:X8}", $"{checksum:X8} (the file is damaged)");
    }

    // What the archive's reader throws about damaged bytes; a disk that fails is another matter.
    private static bool IsDamage(Exception error) =>
        error is InvalidDataException or NotSupportedException or EndOfStreamException or ArgumentException or OverflowException;
}
