using System.Globalization;
using MathNet.Numerics.Distributions;

namespace Bitcurve.Search.Report;

/// <summary>Says in one sentence whether 90 % intervals can be trusted, with what chance alone would explain taken into account.</summary>
internal static class CalibrationVerdict
{
    private const double Nominal = 0.9;

    /// <summary>Below so many predictions neither a good nor a bad coverage says much.</summary>
    private const int FewestToJudge = 10;

    /// <summary>Fewer inside than right intervals would have in one case of twenty: not chance.</summary>
    private const double Significance = 0.05;

    /// <summary>Residuals of half the expected size: the intervals could be half as wide.</summary>
    private const double WideResidual = 0.5;

    public static string Of(IReadOnlyList<ReportedTaskCalibration> tasks)
    {
        ReportedTaskCalibration target = tasks[^1];
        if (target.Coverage90 is not double coverage || target.RmsStandardizedResidual is not double residual)
        {
            return $"Nothing was measured at {Epochs(target)}, so the model's intervals there are unchecked.";
        }

        int inside = (int)Math.Round(coverage * target.Observations);
        string found = $"{inside} of {Figures.Plural(target.Observations, "network")}, each predicted from the others alone, lie inside theirs";
        if (target.Observations < FewestToJudge)
        {
            return $"Too few networks were measured at {Epochs(target)} to judge the model's 90\u00A0% intervals: {found}.";
        }

        if (Binomial.CDF(Nominal, target.Observations, inside) < Significance)
        {
            return $"Do not trust the model's 90\u00A0% intervals at {Epochs(target)}, they are too narrow: only {found}; "
                + $"errors are {Factor(residual)} times what the model expects.";
        }

        return residual < WideResidual
            ? $"The model's 90\u00A0% intervals at {Epochs(target)} can be trusted, they are wider than they need be: {found}."
            : $"The model's 90\u00A0% intervals at {Epochs(target)} can be trusted: {found}.";
    }

    private static string Epochs(ReportedTaskCalibration task) => Figures.Plural(task.Epochs, "epoch");

    private static string Factor(double residual) => residual.ToString("0.0", CultureInfo.InvariantCulture);
}
