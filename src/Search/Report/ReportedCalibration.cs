namespace Bitcurve.Search.Report;

/// <summary>How well the model predicted each network from all the others.</summary>
/// <param name="Tasks">One per training length, ascending.</param>
/// <param name="Verdict">One sentence: whether the intervals at the target can be trusted.</param>
public sealed record ReportedCalibration(IReadOnlyList<ReportedTaskCalibration> Tasks, string Verdict);

/// <summary>Figures are null where nothing was measured.</summary>
/// <param name="Epochs">Training length.</param>
/// <param name="Observations">Networks measured at it, each predicted without any of its own measurements.</param>
/// <param name="MeanLogDensity">Nats, in the model's standardised units: about -1.42 for knowing only the task's mean and spread.</param>
/// <param name="Coverage90">Fraction in [0,1] inside the central 90 % interval.</param>
/// <param name="Coverage50">Fraction in [0,1] inside the central 50 % interval.</param>
/// <param name="RmsStandardizedResidual">1 when the intervals are right, above when they are too narrow.</param>
public sealed record ReportedTaskCalibration(
    int Epochs,
    int Observations,
    double? MeanLogDensity,
    double? Coverage90,
    double? Coverage50,
    double? RmsStandardizedResidual);
