using System.Text.RegularExpressions;

namespace Bitcurve.Search.Api.Problems;

/// <summary>
/// Reads the house's messages "Name: expected X, actual Y." back into their parts, so that a program can show them at the field.
/// </summary>
internal static partial class FieldFault
{
    private const int LongestNameWords = 4;

    /// <summary>The problem with its parts where the message has this form, and with nothing but the message where it has another.</summary>
    internal static Problem Of(string title, int status, string message)
    {
        // .NET appends the parameter's name, which says nothing to a caller.
        int parameter = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        string detail = (parameter < 0 ? message : message[..parameter]).ReplaceLineEndings(" ").Trim();
        Match parts = Form().Match(detail);
        return parts.Success && parts.Groups["name"].Value.Split(' ') is { Length: <= LongestNameWords } words
            ? new Problem(title, status, detail, CamelCase(words), parts.Groups["expected"].Value, parts.Groups["actual"].Value)
            : new Problem(title, status, detail);
    }

    private static string CamelCase(string[] words) => string.Concat(words.Select((word, index) => index == 0
        ? char.ToLowerInvariant(word[0]) + word[1..]
        : char.ToUpperInvariant(word[0]) + word[1..]));

    [GeneratedRegex(@"^(?<name>[A-Za-z]+(?: [A-Za-z]+)*): expected (?<expected>.+), actual (?<actual>.+?)\.?$")]
    private static partial Regex Form();
}
