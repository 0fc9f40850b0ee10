using System.IO.Compression;
using System.Security.Cryptography;

namespace Bitcurve.Search.Dashboard;

/// <summary>One file of the page, whole in memory, compressed once when it is first asked for that way.</summary>
internal sealed class DashboardFile
{
    private const int TagBytes = 12;
    private readonly Lazy<byte[]> brotli;
    private readonly Lazy<byte[]> gzip;

    /// <param name="name">Tells the type by its ending.</param>
    /// <param name="content">Not copied; must stay as it is.</param>
    /// <exception cref="ArgumentException">An ending that no file of the page has.</exception>
    internal DashboardFile(string name, byte[] content)
    {
        Content = content;
        ContentType = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            var ending => throw new ArgumentException($"File of the page: expected .html, .css or .js, actual '{ending}'.", nameof(name)),
        };
        brotli = new(() => Compressed(stream => new BrotliStream(stream, CompressionLevel.Optimal)));
        gzip = new(() => Compressed(stream => new GZipStream(stream, CompressionLevel.Optimal)));

        // Weak: the same for every encoding.
        Tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, TagBytes))}\"";
    }

    internal byte[] Content { get; }

    internal string ContentType { get; }

    /// <summary>Entity tag: other content, another tag.</summary>
    internal string Tag { get; }

    /// <summary>The bytes for a caller, with the name of their encoding; null for none.</summary>
    /// <param name="accepted">The header <c>Accept-Encoding</c>. A weight is not weighed: only <c>q=0</c> counts.</param>
    internal (byte[] Bytes, string? Encoding) For(IEnumerable<string?> accepted)
    {
        HashSet<string> names = [.. accepted.OfType<string>().SelectMany(line => line.Split(',')).Select(NameOf).OfType<string>()];
        return names.Contains("br") ? (brotli.Value, "br") : names.Contains("gzip") ? (gzip.Value, "gzip") : (Content, null);
    }

    private static string? NameOf(string accepted)
    {
        string[] parts = accepted.Split(';', StringSplitOptions.TrimEntries);
        return parts.Skip(1).Any(part => part.Replace(" ", "", StringComparison.Ordinal) is "q=0" or "q=0.0" or "q=0.00" or "q=0.000")
            ? null
            : parts[0].ToLowerInvariant();
    }

    private byte[] Compressed(Func<Stream, Stream> compress)
    {
        using var bytes = new MemoryStream();
        using (Stream compressing = compress(bytes))
        {
            compressing.Write(Content);
        }

        return bytes.ToArray();
    }
}
