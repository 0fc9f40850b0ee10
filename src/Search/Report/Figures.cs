using System.Globalization;
using Bitcurve.Search.Choosing;

namespace Bitcurve.Search.Report;

/// <summary>Numbers as a reader of the page sees them: the invariant culture, units with a no-break space, a true minus sign.</summary>
internal static class Figures
{
    /// <summary>Stands where there is no figure.</summary>
    public const string None = "–";

    // A difference says less than what it is between.
    private const int DifferenceDigits = 2;

    /// <summary>A fraction in per cent with the given number of decimals, e.g. <c>93.4 %</c>.</summary>
    public static string Percent(double? fraction, int decimals = 1) =>
        fraction is double value ? $"{Fixed(100 * value, decimals)}\u00A0%" : None;

    /// <summary>A difference of fractions in points with its sign, e.g. <c>+0.3</c>.</summary>
    public static string Points(double? difference, int decimals = 1)
    {
        if (difference is not double value)
        {
            return None;
        }

        string text = Fixed(Math.Abs(100 * value), decimals);
        bool isZero = text.All(letter => letter is '0' or '.');
        return isZero ? text : (value < 0 ? "−" : "+") + text;
    }

    /// <summary>A deviation of fractions in points without a sign, e.g. <c>±0.2</c>.</summary>
    public static string Deviation(double? deviation, int decimals = 1) =>
        deviation is double value ? $"±{Fixed(100 * value, decimals)}" : None;

    /// <summary>Estimate with its deviation in points, e.g. <c>93.1 ±0.4</c>.</summary>
    public static string EstimateOf(Estimate? estimate) =>
        estimate is null ? None : $"{Fixed(100 * estimate.Mean, 1)}\u00A0{Deviation(estimate.Deviation)}";

    /// <summary>The metric: a fraction as <see cref="Percent"/>, anything else with four digits that count.</summary>
    public static string Value(MetricWords words, double? value, int decimals = 1) =>
        words.IsFraction ? Percent(value, decimals) : value is double number ? Signed(number) : None;

    /// <summary>The metric in a column whose heading has the unit (<see cref="Column"/>).</summary>
    public static string Plain(MetricWords words, double value) => words.IsFraction ? Fixed(100 * value, 1) : Signed(value);

    /// <summary>Heads a column of numbers of the metric's unit, e.g. <c>estimate, %#</c>.</summary>
    public static string Column(MetricWords words, string heading) => words.IsFraction ? $"{heading}, %#" : $"{heading}#";

    /// <summary>A difference of the metric with its sign: fractions as <see cref="Points"/>.</summary>
    public static string Difference(MetricWords words, double? difference, int decimals = 1) => words.IsFraction
        ? Points(difference, decimals)
        : difference is double value ? (value > 0 ? "+" : "") + Signed(value, DifferenceDigits) : None;

    /// <summary>The same with its unit, e.g. <c>+0.3 points</c>.</summary>
    public static string DifferenceInWords(MetricWords words, double difference) =>
        Difference(words, difference) + (words.IsFraction ? " points" : "");

    /// <summary>A deviation of the metric without a sign: fractions as <see cref="Deviation(double?, int)"/>.</summary>
    public static string Deviation(MetricWords words, double? deviation, int decimals = 1) => words.IsFraction
        ? Deviation(deviation, decimals)
        : deviation is double value ? $"±{MetricWords.Significant(value, DifferenceDigits)}" : None;

    /// <summary>An estimate of the metric: fractions as <see cref="EstimateOf(Estimate?)"/>.</summary>
    public static string EstimateOf(MetricWords words, Estimate? estimate) => words.IsFraction || estimate is null
        ? EstimateOf(estimate)
        : $"{Signed(estimate.Mean)}\u00A0{Deviation(words, estimate.Deviation)}";

    /// <summary>Decimal units, e.g. <c>42.7 kB</c>.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1000 => $"{bytes}\u00A0B",
        < 1_000_000 => $"{Significant(bytes / 1e3)}\u00A0kB",
        < 1_000_000_000 => $"{Significant(bytes / 1e6)}\u00A0MB",
        _ => $"{Significant(bytes / 1e9)}\u00A0GB",
    };

    public static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    public static string Fixed(double number, int decimals) => number.ToString("F" + decimals, CultureInfo.InvariantCulture);

    /// <summary>At most so many decimals, without trailing zeros.</summary>
    public static string Short(double number, int decimals = 2) =>
        Math.Round(number, decimals).ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture);

    /// <summary>A time span from seconds, e.g. <c>4 min 05 s</c>.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        < 60 => $"{Short(seconds, 1)}\u00A0s",
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 60)}\u00A0min {seconds % 60:00}\u00A0s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 3600)}\u00A0h {(int)(seconds / 60 % 60):00}\u00A0min"),
    };

    public static string Plural(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static string Signed(double value, int digits = MetricWords.SignificantDigits) =>
        (value < 0 ? "−" : "") + MetricWords.Significant(Math.Abs(value), digits);

    private static string Significant(double number) => number < 10 ? Fixed(number, 2) : Fixed(number, number < 100 ? 1 : 0);
}
