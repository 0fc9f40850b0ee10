using System.Globalization;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Report;

/// <summary>Names the members of the measured front A, B, C... in ascending memory, as the thesis's Figure 5 does.</summary>
internal static class FrontLetters
{
    private const int Alphabet = 26;

    /// <summary>Empty for what is not on the front.</summary>
    public static string Of(SearchReport report, BitVector bits)
    {
        for (int index = 0; index < report.Pareto.Count; index++)
        {
            if (report.Pareto[index].Bits == bits)
            {
                return Letter(index);
            }
        }

        return "";
    }

    /// <summary>A..Z, then A2..Z2 and so on.</summary>
    public static string Letter(int index)
    {
        string round = index < Alphabet ? "" : ((index / Alphabet) + 1).ToString(CultureInfo.InvariantCulture);
        return $"{(char)('A' + (index % Alphabet))}{round}";
    }
}
