using System.Globalization;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Choosing;

/// <summary>A workload's metric in words: fractions in per cent, anything else with four digits that count and its name.</summary>
/// <param name="Name">As the workload calls it.</param>
/// <param name="Goal">Which end of its range is the good one.</param>
/// <param name="IsFraction">Whether it lies in [0,1].</param>
public sealed record MetricWords(string Name, MetricGoal Goal, bool IsFraction)
{
    /// <summary>Digits of a value that count.</summary>
    public const int SignificantDigits = 4;

    public bool IsMinimized => Goal == MetricGoal.Minimize;

    /// <summary>What begins a sentence or a title: a name in small letters with a capital, e.g. <c>Accuracy</c>, but <c>mIoU</c> as it is.</summary>
    public string Title => Name.Any(char.IsUpper) ? Name : $"{char.ToUpperInvariant(Name[0])}{Name[1..]}";

    /// <summary>E.g. <c>an accuracy</c>.</summary>
    public string NameWithArticle => $"{("aeiouAEIOU".Contains(Name[0]) ? "an" : "a")} {Name}";

    /// <summary>E.g. <c>Highest</c>, to go before the name.</summary>
    public string Best => IsMinimized ? "Lowest" : "Highest";

    /// <summary>What differences are told in: <c>points</c>, or per cent of the FP32 baseline's value.</summary>
    public string RelativeUnit => IsFraction ? "points" : "% of FP32's";

    public static MetricWords Of(WorkloadDescription workload) => new(workload.Metric, workload.Goal, workload.MetricIsFraction);

    /// <summary>A value alone, e.g. <c>93.4 %</c> or <c>0.01234</c>.</summary>
    public string Of(double value) => IsFraction ? FormattableString.Invariant($"{100 * value:0.0} %") : Significant(value);

    /// <summary>A value that says what it is, e.g. <c>93.4 %</c> (of accuracy, without a name), <c>IoU 28.8 %</c> or <c>Chamfer distance 0.01234</c>.</summary>
    public string Named(double value) => Name == "accuracy" ? Of(value) : $"{Name} {Of(value)}";

    /// <summary>Mean and standard deviation, e.g. <c>93.4 ± 0.2 %</c> or <c>0.01234 ± 0.0002</c>.</summary>
    public string Of(double mean, double deviation) => IsFraction
        ? FormattableString.Invariant($"{100 * mean:0.0} ± {100 * deviation:0.0} %")
        : $"{Significant(mean)} ± {Significant(deviation, 2)}";

    /// <summary>A difference of scores, at least 0, e.g. <c>0.34 points</c> or <c>0.34 % of FP32's Chamfer distance</c>.</summary>
    public string Difference(double scores, string format = "0.00") =>
        $"{(100 * scores).ToString(format, CultureInfo.InvariantCulture)} {RelativeUnit}{(IsFraction ? "" : $" {Name}")}";

    /// <summary>So many digits that count: plain where that is short, e.g. <c>1234</c>, <c>0.01234</c>, else like <c>1.234e-7</c>.</summary>
    public static string Significant(double value, int digits = SignificantDigits)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }

        int exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return exponent is >= -5 and <= 5
            ? value.ToString($"F{Math.Max(0, digits - 1 - exponent)}", CultureInfo.InvariantCulture)
            : value.ToString($"0.{new string('0', digits - 1)}e0", CultureInfo.InvariantCulture);
    }
}
