using Bitcurve.Search.Choosing;
using Bitcurve.Workers.Contracts;
using MathNet.Numerics.Distributions;

namespace Bitcurve.Search.Selection;

/// <summary>
/// The scale that the Gaussian process sees accuracies on, or any other metric's scores. <c>none</c> is the thesis; <c>log-loss</c> is
/// y = -log(c - a) with c a little above the FP32 accuracy: order-preserving, it compresses the heavy losses of the low-bit corner and makes the
/// noise more even. A positive metric that is minimised is a loss already: c is 0, and y its logarithm with the sign changed.
/// </summary>
public abstract class AccuracyTransform
{
    /// <summary>Accepted names.</summary>
    public static readonly IReadOnlyList<string> Names = ["log-loss", "none"];

    /// <exception cref="ArgumentException">Unknown name.</exception>
    public static AccuracyTransform Of(string name, double baselineAccuracy) =>
        Of(name, baselineAccuracy + LogLoss.Headroom, baselineAccuracy + LogLoss.Headroom);

    /// <summary>The same for the scores of any metric.</summary>
    /// <param name="name">Of the transform.</param>
    /// <param name="scale">Of the metric.</param>
    /// <param name="baseline">The metric of FP32.</param>
    /// <param name="measured">Everything measured so far: a single value that is not positive tells that the metric is no loss.</param>
    /// <exception cref="ArgumentException">Unknown name.</exception>
    public static AccuracyTransform Of(string name, MetricScale scale, double baseline, IEnumerable<double> measured)
    {
        var score = scale.Score(baseline);
        if (scale is { Goal: MetricGoal.Maximize, IsFraction: true })
        {
            return Of(name, score);
        }

        double[] scores = [.. measured.Append(baseline).Select(scale.Score)];
        var ceiling = scale.Goal == MetricGoal.Minimize && scores.All(known => known < 0) ? 0 : score + LogLoss.Headroom;
        return Of(name, ceiling, scale.IsFraction ? 1 + ceiling : Math.Max(LogLoss.MostBaselines, LogLoss.MostMeasured * (ceiling - scores.Min())));
    }

    private static AccuracyTransform Of(string name, double ceiling, double largestLoss) => name switch
    {
        "none" => new Identity(),
        "log-loss" => new LogLoss(ceiling, largestLoss),
        _ => throw new ArgumentException($"Accuracy transform: expected one of {string.Join(", ", Names)}, actual '{name}'."),
    };

    public abstract double Apply(double accuracy);

    /// <summary>Mean and standard deviation of the accuracy when its transform is normal.</summary>
    public abstract (double Mean, double Deviation) Invert(double mean, double variance);

    /// <summary>The accuracy whose transform is exactly this value.</summary>
    public abstract double Undo(double value);

    /// <summary>
    /// The bound on the transformed scale that is kept exactly when the accuracy keeps this one; infinite where every accuracy does.
    /// </summary>
    public abstract double Bound(double accuracy);

    private sealed class Identity : AccuracyTransform
    {
        public override double Apply(double accuracy) => accuracy;

        public override (double Mean, double Deviation) Invert(double mean, double variance) => (mean, Math.Sqrt(variance));

        public override double Undo(double value) => value;

        public override double Bound(double accuracy) => accuracy;
    }

    /// <param name="ceiling">c.</param>
    /// <param name="largestLoss">What c - a never exceeds: c itself where no accuracy is negative.</param>
    private sealed class LogLoss(double ceiling, double largestLoss) : AccuracyTransform
    {
        // How far above FP32 an accuracy may lie, and the smallest loss told apart (method.md: 0.03).
        internal const double Headroom = 0.03;
        private const double SmallestLoss = 0.003;

        // Of a metric without a worst value: so many times the baseline's magnitude, or twice the largest loss measured, is as bad as a
        // network can be expected to get.
        internal const double MostBaselines = 10;
        internal const double MostMeasured = 2;

        public override double Apply(double accuracy) => -Math.Log(Math.Max(SmallestLoss, ceiling - accuracy));

        // c - a = exp(-y) is log-normal, cut at the largest loss: where the model knows little, the tail would decide.
        public override (double Mean, double Deviation) Invert(double mean, double variance)
        {
            if (variance <= 0)
            {
                return (Undo(mean), 0);
            }

            var (first, second) = (CutMoment(1, -mean, variance), CutMoment(2, -mean, variance));
            return (ceiling - first, Math.Sqrt(Math.Max(0, second - (first * first))));
        }

        // E[min(X, l)^p] of log X ~ N(mean, variance): exp(p mean + p^2 variance / 2) Phi(z - p s) + l^p (1 - Phi(z)), z = (log l - mean) / s.
        private double CutMoment(int power, double mean, double variance)
        {
            var s = Math.Sqrt(variance);
            var z = (Math.Log(largestLoss) - mean) / s;
            var below = Math.Exp((power * mean) + (power * power * variance / 2) + LogCumulative(z - (power * s)));
            return below + (Math.Pow(largestLoss, power) * Normal.CDF(0, 1, -z));
        }

        // log Phi(z); far below, by its asymptote, because Phi itself would be 0 and its large factor infinite.
        private static double LogCumulative(double z) => z > -30
            ? Math.Log(Normal.CDF(0, 1, z))
            : (-z * z / 2) - Math.Log(-z * Math.Sqrt(2 * Math.PI));

        public override double Undo(double value) => Math.Max(ceiling - largestLoss, ceiling - Math.Exp(-value));

        public override double Bound(double accuracy) => accuracy >= ceiling ? double.PositiveInfinity : -Math.Log(ceiling - accuracy);
    }
}
