using System.Globalization;

namespace Bitcurve.Models.Data;

/// <summary>A data or weight file is missing or breaks its published format: one line that names the place and both values.</summary>
public sealed class DataFormatException : Exception
{
    // Characters of a part that may come from the file itself.
    private const int LongestPart = 200;

    /// <summary>Builds the message "FILE: WHAT at byte OFFSET: expected EXPECTED, actual ACTUAL".</summary>
    /// <param name="file">Path of the file or folder, or the name of a stream.</param>
    /// <param name="what">What was looked at, for example "label" or "tensor 'conv.weight' dtype".</param>
    /// <param name="offset">Bytes from the start of the file; null where no byte is concerned (a missing file).</param>
    /// <param name="expected">What the format asks for.</param>
    /// <param name="actual">What was found.</param>
    public DataFormatException(string file, string what, long? offset, string expected, string actual)
        : base(Describe(file, what, offset, expected, actual))
    {
        (File, What, Offset, Expected, Actual) = (file, what, offset, expected, actual);
    }

    /// <summary>Path of the file or folder, or the name of a stream.</summary>
    public string File { get; }

    public string What { get; }

    /// <summary>Bytes from the start of the file, or null.</summary>
    public long? Offset { get; }

    public string Expected { get; }

    public string Actual { get; }

    private static string Describe(string file, string what, long? offset, string expected, string actual)
    {
        string place = offset is { } bytes ? string.Create(CultureInfo.InvariantCulture, $" at byte {bytes}") : "";
        string line = $"{file}: {Clip(what)}{place}: expected {expected}, actual {Clip(actual)}";
        // A name read from a hostile file may hold line breaks; a log line must stay one line.
        return line.ReplaceLineEndings(" ");
    }

    private static string Clip(string text) => text.Length <= LongestPart ? text : $"{text.AsSpan(0, LongestPart)}...";
}
