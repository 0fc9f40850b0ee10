using System.Security.Cryptography;
using System.Text;

namespace Bitcurve.Models.Training.Volumes;

/// <summary>A digest of what decides a problem.</summary>
internal static class ProblemHash
{
    /// <summary>SHA-256 (hex) of the lines.</summary>
    internal static string Of(params IEnumerable<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

    /// <summary>Every parameter of a normalization, so that equal text means equal input.</summary>
    internal static string Text(Data.Normalization normalization) => FormattableString.Invariant(
        $"{string.Join(' ', normalization.Mean.Select(m => m.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))} / {string.Join(' ', normalization.StandardDeviation.Select(s => s.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}");
}
