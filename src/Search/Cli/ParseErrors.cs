using System.CommandLine.Parsing;

namespace Bitcurve.Search.Cli;

/// <summary>Turns the parser's complaints into one line without .NET type names.</summary>
internal static class ParseErrors
{
    private const string TypeMarker = " as expected type ";

    /// <summary>The most telling complaint: an unknown word says more than the missing command that follows from it.</summary>
    internal static string Describe(IReadOnlyList<ParseError> errors)
    {
        var message = (errors.FirstOrDefault(e => e.Message.StartsWith("Unrecognized", StringComparison.Ordinal)) ?? errors[0]).Message;
        string[] lines = [.. message.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
        var marker = lines[0].IndexOf(TypeMarker, StringComparison.Ordinal);
        if (marker < 0)
        {
            return string.Join(' ', lines);
        }

        // "Cannot parse argument 'x' for option '--y' as expected type 'System.Z'. Did you mean one of the following?", then one name a line.
        var expected = lines.Length > 1 ? $"one of {string.Join(", ", lines[1..])}" : Kind(lines[0][marker..]);
        return $"{lines[0][..marker]}: expected {expected}.";
    }

    private static string Kind(string type) =>
        type.Contains("Int", StringComparison.Ordinal) ? "a whole number" : type.Contains("Double", StringComparison.Ordinal) ? "a number" : "another kind of value";
}
