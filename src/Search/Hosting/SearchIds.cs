using System.Security.Cryptography;

namespace Bitcurve.Search.Hosting;

/// <summary>Ids of searches: letters, digits and dashes, so that they fit into addresses, file names and lease ids.</summary>
public static class SearchIds
{
    private const int MaximumLength = 64;
    private const int RandomBytes = 4;

    /// <summary>A fresh id that tells the workload, e.g. <c>vgg8-shapes32-5f0c9a1e</c>.</summary>
    public static string New(string workload)
    {
        string stem = string.Concat(workload.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-')).Trim('-');
        return $"{stem[..Math.Min(stem.Length, 40)]}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(RandomBytes))}";
    }

    public static bool IsValid(string id) =>
        id.Length is > 0 and <= MaximumLength && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
