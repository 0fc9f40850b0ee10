using Bitcurve.Models.Training;
using Bitcurve.Search.Choosing;

namespace Bitcurve.Search.Cli.Train;

/// <summary>A trained problem's figures in the words that searches use.</summary>
internal static class MetricText
{
    internal static string Of(Metric metric, double value) => new MetricWords(
        metric.Name, metric.Goal == MetricGoal.Minimize ? Workers.Contracts.MetricGoal.Minimize : Workers.Contracts.MetricGoal.Maximize, metric.IsFraction).Of(value);
}
