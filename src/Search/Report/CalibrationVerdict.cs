using System.Globalization;
using MathNet.Numerics.Distributions;

namespace Bitcurve.Search.Report;

/// <summary>Says in one sentence whether 90 % intervals can be trusted, with what chance alone would explain taken into account.</summary>
internal static class CalibrationVerdict
{
    private const double Nominal = 0.9;

    /// <summary>Fewer predictions can show that intervals are bad, but not that they are good.</summary>
    private const int FewestToJudge = 10;

    /// <summary>Fewer inside than right intervals would have in one case of twenty: not chance.</summary>
    private const double Significance = 0.05;

    /// <summary>Residuals of half the expected size: the intervals could be half as wide.</summary>
    private const double WideResidual = 0.5;

    public static string Of(IReadOnlyList<ReportedTaskCalibration> tasks)
    {
        ReportedTaskCalibration target = tasks[^1];
        if (target.RmsStandardizedResidual is not double residual)
        {
            return $"Nothing was measured at {Epochs(target)}, so the model's intervals there are unchecked.";
        }

        int inside = Inside(target);
        string found = $"{inside} of {Figures.Plural(target.Observations, "network")}, each predicted from the others alone, lie inside theirs";
        if (Binomial.CDF(Nominal, target.Observations, inside) < Significance)
        {
            return $"Do not trust the model's 90\u00A0% intervals at {Epochs(target)}, they are too narrow: only {found}; "
                + $"errors are {Factor(residual)} times what the model expects.";
        }

        if (target.Observations < FewestToJudge)
        {
            return $"Too few networks were measured at {Epochs(target)} to judge the model's 90\u00A0% intervals there: {found}; "
                + $"over all training lengths {tasks.Sum(Inside)} of {tasks.Sum(task => task.Observations)} predictions do.";
        }

        return residual < WideResidual
            ? $"The model's 90\u00A0% intervals at {Epochs(target)} can be trusted, they are wider than they need be: {found}."
            : $"The model's 90\u00A0% intervals at {Epochs(target)} can be trusted: {found}.";
    }

    private static int Inside(ReportedTaskCalibration task) => (int)Math.Round((task.Coverage90 ?? 0) * task.Observations);

    private static string Epochs(ReportedTaskCalibration task) => Figures.Plural(task.Epochs, "epoch");

    private static string Factor(double residual) => residual.ToString("0.0", CultureInfo.InvariantCulture);
}
