using System.Numerics;

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
        var same = SameInputs(from, index, to, result, 0, null);
        stationary.Evaluate(result, result, slope);
        AddNugget(same, result);
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
        List<int>? same = null;
        for (var i = 0; i < count; i++)
        {
            var row = result.Slice(i * stride, stride);
            StationaryKernel.SquaredDistances(from, start + i, to, lengthscale, row[..to.Count]);
            row[to.Count..].Fill(1);
            same = SameInputs(from, start + i, to, row[..to.Count], i * stride, same);
        }
        stationary.Evaluate(result, result, []);
        AddNugget(same, result);
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

    /// <summary>
    /// Adds, to a list that is made when first needed, where inputs are the same: remembered before the distances are overwritten.
    /// </summary>
    private List<int>? SameInputs(Points from, int index, Points to, ReadOnlySpan<double> squaredDistance, int offset, List<int>? found)
    {
        for (var i = nugget == 0 ? -1 : squaredDistance.IndexOf(0.0); i >= 0 && i < squaredDistance.Length; i++)
        {
            if (squaredDistance[i] == 0 && HasSameFeatures(from, index, to, i))
            {
                found ??= [];
                found.Add(offset + i);
            }
        }
        return found;
    }

    private void AddNugget(List<int>? same, Span<double> result)
    {
        foreach (var i in same ?? [])
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
