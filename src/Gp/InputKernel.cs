using System.Numerics;

namespace Bitcurve.Gp;

/// <summary>
/// The covariance of inputs that every task shares: k(x, x') = s(x, x') + sum_j tau_j^2 h_j(x) h_j(x') + rho [x = x']. The first d
/// coordinates of a point are what the stationary s compares, the other p are the features h of a mean function whose coefficients are
/// marginalised (Rasmussen and Williams 2006, section 2.7); rho is the variance of what is peculiar to one input, a nugget that all tasks
/// see together. Immutable.
/// </summary>
internal sealed class InputKernel(StationaryKernel stationary, double[] lengthscale, double[] linearVariance, double nugget)
{
    public InputKernel(StationaryKernel stationary, Hyperparameters hyperparameters)
        : this(stationary, hyperparameters.Lengthscale, hyperparameters.LinearVariance, hyperparameters.Nugget)
    {
    }

    /// <summary>d.</summary>
    public int Stationary => lengthscale.Length;

    /// <summary>d + p.</summary>
    public int Dimensions => lengthscale.Length + linearVariance.Length;

    /// <summary>k(x, x).</summary>
    public double Variance(Points points, int index)
    {
        var variance = 1 + nugget;
        for (var j = 0; j < linearVariance.Length; j++)
        {
            var feature = points[index, lengthscale.Length + j];
            variance += linearVariance[j] * feature * feature;
        }
        return variance;
    }

    /// <summary>k(x, x') for the first points of <paramref name="to"/>, as many as the result has room for.</summary>
    public void Row(Points from, int index, Points to, Span<double> result) => Row(from, index, to, result, []);

    /// <summary>The same, with the slope of the stationary part (<see cref="StationaryKernel.Evaluate"/>).</summary>
    public void Row(Points from, int index, Points to, Span<double> result, Span<double> slope)
    {
        StationaryKernel.SquaredDistances(from, index, to, lengthscale, result);
        if (nugget == 0)
        {
            stationary.Evaluate(result, result, slope);
        }
        else
        {
            EvaluateWithNugget(result, slope);
        }
        AddLinear(from, index, to, result);
    }

    /// <summary>
    /// k(x, x') of <paramref name="count"/> points to all of <paramref name="to"/>. Rows are padded to whole vectors, so that a row's bits
    /// depend on nothing but its point, however many there are.
    /// </summary>
    /// <param name="from">Holds the points.</param>
    /// <param name="start">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="to">u points.</param>
    /// <param name="stride"><see cref="PaddedLength"/> of u.</param>
    /// <param name="result">Row i at i * stride; what lies between has no meaning.</param>
    public void Rows(Points from, int start, int count, Points to, int stride, Span<double> result)
    {
        result = result[..(count * stride)];
        for (var i = 0; i < count; i++)
        {
            var row = result.Slice(i * stride, stride);
            StationaryKernel.SquaredDistances(from, start + i, to, lengthscale, row[..to.Count]);
            row[to.Count..].Fill(1);
        }
        if (nugget == 0)
        {
            stationary.Evaluate(result, result, []);
        }
        else
        {
            EvaluateWithNugget(result, []);
        }
        for (var i = 0; i < count; i++)
        {
            AddLinear(from, start + i, to, result.Slice(i * stride, to.Count));
        }
    }

    /// <summary>The least number of entries that holds <paramref name="length"/> of them in whole vectors.</summary>
    public static int PaddedLength(int length) => (length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    private void AddLinear(Points from, int index, Points to, Span<double> result)
    {
        for (var j = 0; j < linearVariance.Length; j++)
        {
            var feature = lengthscale.Length + j;
            RowProducts.AddScaled(linearVariance[j] * from[index, feature], to.Coordinate(feature)[..result.Length], result);
        }
    }

    private void EvaluateWithNugget(Span<double> result, Span<double> slope)
    {
        var same = result.IndexOf(0.0);
        // Almost always none or one is the same input: remember where, because the distances are overwritten.
        if (same < 0)
        {
            stationary.Evaluate(result, result, slope);
            return;
        }
        Span<int> matches = result.Length <= 256 ? stackalloc int[result.Length] : new int[result.Length];
        var count = 0;
        for (var i = same; i < result.Length; i++)
        {
            if (result[i] == 0)
            {
                matches[count++] = i;
            }
        }
        stationary.Evaluate(result, result, slope);
        foreach (var i in matches[..count])
        {
            result[i] += nugget;
        }
    }
}
