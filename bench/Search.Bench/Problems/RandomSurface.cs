using Bitcurve.Models.Data;

namespace Bitcurve.Search.Bench.Problems;

/// <summary>A smooth random function on the unit cube with values about [0,1]: random Fourier features of a squared exponential (Rahimi and Recht 2007).</summary>
public sealed class RandomSurface
{
    private const int Features = 64;
    private const double Lengthscale = 0.3;
    private const double Mean = 0.6;
    private const double Deviation = 0.15;

    private readonly double[][] frequencies;
    private readonly double[] phases;

    /// <summary>The same arguments give the same function; others an independent one.</summary>
    public RandomSurface(long seed, int number, int dimension)
    {
        var random = new KeyedRandom(seed, number);
        frequencies = [.. Enumerable.Range(0, Features).Select(_ => Enumerable.Range(0, dimension).Select(_ => random.NextNormal() / Lengthscale).ToArray())];
        phases = [.. Enumerable.Range(0, Features).Select(_ => random.NextUniform(0, 2 * Math.PI))];
    }

    public double At(IReadOnlyList<double> x)
    {
        var sum = 0.0;
        for (var k = 0; k < Features; k++)
        {
            var angle = phases[k];
            for (var axis = 0; axis < x.Count; axis++)
            {
                angle += frequencies[k][axis] * x[axis];
            }

            sum += Math.Cos(angle);
        }

        return Math.Clamp(Mean + (Deviation * Math.Sqrt(2.0 / Features) * sum), 0, 1);
    }
}
