namespace Bitcurve.Gp;

/// <summary>
/// The covariance of inputs that every task shares: k(x, x') = s(x, x') + sum_j tau_j^2 h_j(x) h_j(x') + rho [x = x']. The first d
/// coordinates of a point are what the stationary s compares, the other p are the features h of a mean function whose coefficients are
/// marginalised (Rasmussen and Williams 2006, section 2.7); rho is the variance of what is peculiar to one input, a nugget that all tasks
/// see together. Inputs are the same when all d + p coordinates are. Immutable.
/// </summary>
/// <param name="stationary">s, of unit variance.</param>
/// <param name="lengthscale">d lengthscales &gt; 0, in units of the inputs.</param>
/// <param name="linearVariance">tau^2, p entries &gt;= 0.</param>
/// <param name="nugget">rho &gt;= 0.</param>
internal sealed class InputKernel(StationaryKernel stationary, double[] lengthscale, double[] linearVariance, double nugget)
{
    public InputKernel(StationaryKernel stationary, Hyperparameters hyperparameters)
        : this(stationary, hyperparameters.Lengthscale, hyperparameters.LinearVariance, hyperparameters.Nugget)
    {
    }

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
            EvaluateWithNugget(from, index, to, result, slope);
        }
        for (var j = 0; j < linearVariance.Length; j++)
        {
            var feature = lengthscale.Length + j;
            RowProducts.AddScaled(linearVariance[j] * from[index, feature], to.Coordinate(feature)[..result.Length], result);
        }
    }

    private void EvaluateWithNugget(Points from, int index, Points to, Span<double> result, Span<double> slope)
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
            if (result[i] == 0 && HasSameFeatures(from, index, to, i))
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

    private bool HasSameFeatures(Points from, int index, Points to, int other)
    {
        for (var k = lengthscale.Length; k < Dimensions; k++)
        {
            if (from[index, k] != to[other, k])
            {
                return false;
            }
        }
        return true;
    }
}
