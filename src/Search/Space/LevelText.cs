namespace Bitcurve.Search.Space;

/// <summary>Levels as people read them.</summary>
public static class LevelText
{
    /// <summary>One digit per entry; with two curves a slash between bit-widths and harmonics, e.g. <c>66554433/33332222</c>.</summary>
    public static string Of(CurveSubject subject, BitVector levels)
    {
        string digits = levels.ToString();
        return subject == CurveSubject.Both ? $"{digits[..(digits.Length / 2)]}/{digits[(digits.Length / 2)..]}" : digits;
    }
}
