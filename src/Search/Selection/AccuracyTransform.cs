using MathNet.Numerics.Distributions;

namespace Bitcurve.Search.Selection;

/// <summary>
/// The scale that the Gaussian process sees accuracies on. <c>none</c> is the thesis; <c>log-loss</c> is y = -log(c - a) with c a little
/// above the FP32 accuracy: order-preserving, it compresses the heavy losses of the low-bit corner and makes the noise more even.
/// </summary>
public abstract class AccuracyTransform
{
    /// <summary>Accepted names.</summary>
    public static readonly IReadOnlyList<string> Names = ["log-loss", "none"];

    /// <exception cref="ArgumentException">Unknown name.</exception>
    public static AccuracyTransform Of(string name, double baselineAccuracy) => name switch
    {
        "none" => new Identity(),
        "log-loss" => new LogLoss(baselineAccuracy),
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

    private sealed class LogLoss(double baselineAccuracy) : AccuracyTransform
    {
        // How far above FP32 an accuracy may lie, and the smallest loss told apart (method.md: 0.03).
        private const double Headroom = 0.03;
        private const double SmallestLoss = 0.003;

        private double Ceiling => baselineAccuracy + Headroom;

        public override double Apply(double accuracy) => -Math.Log(Math.Max(SmallestLoss, Ceiling - accuracy));

        // c - a = exp(-y) is log-normal, cut at c because no accuracy is negative: where the model knows little, the tail would decide.
        public override (double Mean, double Deviation) Invert(double mean, double variance)
        {
            if (variance <= 0)
            {
                return (Undo(mean), 0);
            }

            var (first, second) = (CutMoment(1, -mean, variance), CutMoment(2, -mean, variance));
            return (Ceiling - first, Math.Sqrt(Math.Max(0, second - (first * first))));
        }

        // E[min(X, c)^p] of log X ~ N(mean, variance): exp(p mean + p^2 variance / 2) Phi(z - p s) + c^p (1 - Phi(z)), z = (log c - mean) / s.
        private double CutMoment(int power, double mean, double variance)
        {
            var s = Math.Sqrt(variance);
            var z = (Math.Log(Ceiling) - mean) / s;
            var below = Math.Exp((power * mean) + (power * power * variance / 2) + LogCumulative(z - (power * s)));
            return below + (Math.Pow(Ceiling, power) * Normal.CDF(0, 1, -z));
        }

        // log Phi(z); far below, by its asymptote, because Phi itself would be 0 and its large factor infinite.
        private static double LogCumulative(double z) => z > -30
            ? Math.Log(Normal.CDF(0, 1, z))
            : (-z * z / 2) - Math.Log(-z * Math.Sqrt(2 * Math.PI));

        public override double Undo(double value) => Math.Max(0, Ceiling - Math.Exp(-value));

        public override double Bound(double accuracy) => accuracy >= Ceiling ? double.PositiveInfinity : -Math.Log(Ceiling - accuracy);
    }
}
