using System.Globalization;
using System.Text;

namespace Bitcurve.Models.Data.Formats;

/// <summary>The fields of a text file, line by line; empty lines and what follows a number sign do not count. For one thread.</summary>
internal sealed class TextFile
{
    private readonly string path;
    private readonly StreamReader reader;

    internal TextFile(string path, Stream stream)
    {
        this.path = path;
        reader = new StreamReader(stream, Encoding.Latin1);
    }

    /// <summary>Number of the line read last, from 1.</summary>
    internal int Line { get; private set; }

    /// <summary>The white-space separated fields of the next line that has some; empty at the end of the file.</summary>
    internal string[] Next()
    {
        while (reader.ReadLine() is { } line)
        {
            Line++;
            int comment = line.IndexOf('#', StringComparison.Ordinal);
            string[] fields = (comment < 0 ? line : line[..comment]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 0)
            {
                return fields;
            }
        }

        return [];
    }

    /// <exception cref="DataFormatException">The line has fewer fields than expected, or there is no more line.</exception>
    internal string[] Next(int fewest, string what)
    {
        string[] fields = Next();
        return fields.Length >= fewest
            ? fields
            : throw Error(what, $"{fewest} fields", fields.Length == 0 ? "the end of the file" : $"{fields.Length} fields");
    }

    /// <exception cref="DataFormatException">The field is no whole number in 0 .. limit - 1.</exception>
    internal int Whole(string field, long limit, string what) =>
        int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value < limit
            ? value
            : throw Error(what, $"a whole number in 0 .. {limit - 1}", field);

    /// <exception cref="DataFormatException">The field is no finite number.</exception>
    internal double Number(string field, string what) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && float.IsFinite((float)value)
            ? value
            : throw Error(what, "a finite number", field);

    internal DataFormatException Error(string what, string expected, string actual) => new(path, $"{what} (line {Line})", null, expected, actual);
}
