using System.Globalization;

namespace Bitcurve.Search.Api.Security;

/// <summary>One line of a token file: <c>ROLE NAME ID SHA256HEX CREATED</c>.</summary>
/// <param name="Role">What it allows.</param>
/// <param name="Name">Whose it is: letters, digits, dashes, dots and underscores.</param>
/// <param name="Id">Names the token in lists and logs, 8 hex digits.</param>
/// <param name="Hash">SHA-256 of the token, 32 bytes.</param>
/// <param name="Created">When.</param>
public sealed record TokenEntry(Role Role, string Name, string Id, byte[] Hash, DateTimeOffset Created)
{
    private const int LongestName = 64;
    private const int HashLetters = 64;

    /// <exception cref="ArgumentException">The name has other letters, or too many.</exception>
    public static void RequireName(string name)
    {
        if (name.Length is 0 or > LongestName || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_'))
        {
            throw new ArgumentException($"Name: expected 1 to {LongestName} letters, digits, dashes, dots or underscores, actual '{name}'.");
        }
    }

    /// <summary>Null for a line of another form; the caller knows the file and the line's number.</summary>
    internal static TokenEntry? Parse(string line)
    {
        string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 5
            && Enum.GetNames<Role>().Contains(parts[0], StringComparer.OrdinalIgnoreCase)
            && Token.IsId(parts[2])
            && parts[3].Length == HashLetters && parts[3].All(char.IsAsciiHexDigit)
            && DateTimeOffset.TryParse(parts[4], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset created)
            ? new TokenEntry(Enum.Parse<Role>(parts[0], ignoreCase: true), parts[1], parts[2], Convert.FromHexString(parts[3]), created)
            : null;
    }

    /// <summary>The line that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Role.ToString().ToLowerInvariant()} {Name} {Id} {Convert.ToHexStringLower(Hash)} {Created.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
}
