using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Bitcurve.Search.Api.Security;

/// <summary>
/// A bearer token, <c>bc_ID_SECRET</c>: ID is 8 hex digits and may be shown, SECRET is 32 random bytes in base64url. The server keeps only
/// the SHA-256 of the whole: with so much randomness a plain hash cannot be turned back.
/// </summary>
public static class Token
{
    private const string Prefix = "bc_";
    private const int IdBytes = 4;
    private const int SecretBytes = 32;
    private const int IdLength = 2 * IdBytes;
    private const int SecretLength = 43;
    private const int Length = 3 + IdLength + 1 + SecretLength;

    /// <summary>A fresh token.</summary>
    public static string New() =>
        $"{Prefix}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes))}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}";

    /// <summary>The part that names it; null for text of another form.</summary>
    public static string? IdOf(string token) =>
        token.Length == Length
        && token.StartsWith(Prefix, StringComparison.Ordinal)
        && IsId(token.AsSpan(Prefix.Length, IdLength))
        && token[Prefix.Length + IdLength] == '_'
        && !token.AsSpan(Prefix.Length + IdLength + 1).ContainsAnyExcept(SecretLetters)
            ? token.Substring(Prefix.Length, IdLength)
            : null;

    /// <summary>SHA-256, 32 bytes.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    internal static bool IsId(ReadOnlySpan<char> text) => text.Length == IdLength && !text.ContainsAnyExcept("0123456789abcdef");

    private static readonly System.Buffers.SearchValues<char> SecretLetters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}
