using System.Globalization;
using Bitcurve.Models.Training;

namespace Bitcurve.Search.Cli.Train;

/// <summary>Figures as people read them.</summary>
internal static class MetricText
{
    internal static string Of(Metric metric, double value) => metric.IsFraction
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.0} %")
        : value.ToString("G4", CultureInfo.InvariantCulture);
}
