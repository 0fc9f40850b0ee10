namespace Bitcurve.Gp;

/// <summary>How well predictions of one task agreed with what was observed; figures are null without any observation.</summary>
/// <param name="Task">Which task.</param>
/// <param name="Count">Observations predicted.</param>
/// <param name="MeanLogDensity">Mean of log p(y), nats, in the units of the predictions; higher is better.</param>
/// <param name="Coverage90">Fraction in [0,1] of observations inside their central 90 % interval.</param>
/// <param name="Coverage50">The same of the central 50 % interval.</param>
/// <param name="RootMeanSquareResidual">Of the standardised residuals: 1 when intervals are right, above when they are too narrow.</param>
public sealed record CalibrationFigures(
    int Task, int Count, double? MeanLogDensity, double? Coverage90, double? Coverage50, double? RootMeanSquareResidual)
{
    /// <summary>Deviations from the centre of a normal to the ends of its central 90 % interval, the 0.95 quantile.</summary>
    private const double Quantile95 = 1.6448536269514722;

    /// <summary>The 0.75 quantile.</summary>
    private const double Quantile75 = 0.6744897501960817;

    /// <summary>One for each of m tasks, also for those that were never observed.</summary>
    public static IReadOnlyList<CalibrationFigures> Of(IReadOnlyList<LeftOut> predictions, int taskCount) =>
        Enumerable.Range(0, taskCount)
            .Select(task => OfTask(task, predictions.Where(prediction => prediction.Task == task).ToArray()))
            .ToArray();

    private static CalibrationFigures OfTask(int task, LeftOut[] predictions)
    {
        if (predictions.Length == 0)
        {
            return new CalibrationFigures(task, 0, null, null, null, null);
        }
        double Within(double deviations) => predictions.Average(left => Math.Abs(left.StandardizedResidual) <= deviations ? 1.0 : 0.0);
        return new CalibrationFigures(
            task,
            predictions.Length,
            predictions.Average(left => left.LogDensity),
            Within(Quantile95),
            Within(Quantile75),
            Math.Sqrt(predictions.Average(left => left.StandardizedResidual * left.StandardizedResidual)));
    }
}
