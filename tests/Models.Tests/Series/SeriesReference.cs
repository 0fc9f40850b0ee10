using Bitcurve.Models.Data;
using Bitcurve.Models.Series;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Series;

/// <summary>A series by its definition, in double precision, with none of the product's matrices: what the tests compare with.</summary>
internal static class SeriesReference
{
    /// <summary>Normal numbers of the given shape; the same seed, the same numbers.</summary>
    internal static Tensor Normal(long seed, params long[] shape)
    {
        var random = new KeyedRandom(seed);
        var values = new float[shape.Aggregate(1L, (product, extent) => product * extent)];
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = (float)random.NextNormal();
        }

        return tensor(values, shape);
    }

    /// <summary>B[p, q]: the product over the axes of function i_axis at position p_axis; last axis innermost.</summary>
    internal static double[,] Basis(SeriesKind kind, int[] harmonics, int[] extents)
    {
        var basis = new double[Product(extents), Product(harmonics)];
        for (var p = 0; p < basis.GetLength(0); p++)
        {
            for (var q = 0; q < basis.GetLength(1); q++)
            {
                basis[p, q] = 1;
                var (position, order) = (p, q);
                for (var axis = extents.Length - 1; axis >= 0; axis--)
                {
                    basis[p, q] *= Function(kind, order % harmonics[axis], position % extents[axis], extents[axis]);
                    (position, order) = (position / extents[axis], order / harmonics[axis]);
                }
            }
        }

        return basis;
    }

    /// <summary>The minimiser of |B a - w| from the normal equations, by Gaussian elimination with pivots.</summary>
    internal static double[] LeastSquares(double[,] basis, double[] weight)
    {
        var (rows, n) = (basis.GetLength(0), basis.GetLength(1));
        var system = new double[n, n + 1];
        for (var i = 0; i < n; i++)
        {
            for (var p = 0; p < rows; p++)
            {
                for (var j = 0; j < n; j++)
                {
                    system[i, j] += basis[p, i] * basis[p, j];
                }

                system[i, n] += basis[p, i] * weight[p];
            }
        }

        Eliminate(system);
        return [.. Enumerable.Range(0, n).Select(i => system[i, n])];
    }

    internal static int Product(int[] values) => values.Aggregate(1, (product, value) => product * value);

    private static void Eliminate(double[,] system)
    {
        var n = system.GetLength(0);
        for (var k = 0; k < n; k++)
        {
            var pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(system[i, k]));
            for (var j = 0; j <= n; j++)
            {
                (system[k, j], system[pivot, j]) = (system[pivot, j], system[k, j]);
            }

            for (var i = 0; i < n; i++)
            {
                var factor = system[i, k] / system[k, k];
                for (var j = i == k ? n + 1 : k; j <= n; j++)
                {
                    system[i, j] -= factor * system[k, j];
                }
            }
        }

        for (var i = 0; i < n; i++)
        {
            system[i, n] /= system[i, i];
        }
    }

    private static double Function(SeriesKind kind, int order, int position, int extent)
    {
        var fraction = extent == 1 ? 0.5 : (double)position / (extent - 1);
        var angle = kind == SeriesKind.Cosine
            ? Math.PI * (0.2 + (0.6 * fraction))
            : Math.Acos(-1 + (2 * fraction));
        return Math.Cos(order * angle);
    }
}
