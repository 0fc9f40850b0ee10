using System.Numerics;

namespace Bitcurve.Gp;

/// <summary>
/// det(V_S + D_S) / det(U_S + D_S) of growing sets S of tasks at a few neighbouring points, one in each place of a vector: both
/// covariances are factored as L E L^T, E diagonal, and every further task multiplies the ratio by that of its two entries of E.
/// </summary>
internal ref struct PivotRatios
{
    private readonly Span<Vector<double>> _work;
    private readonly int _taskCount;

    /// <param name="table">Holds V, U and D.</param>
    /// <param name="point">The first point.</param>
    /// <param name="points">How many, at most as many as a vector has places; the others repeat the last one.</param>
    /// <param name="work"><see cref="Room"/> vectors.</param>
    public PivotRatios(InformationTable table, int point, int points, Span<Vector<double>> work)
    {
        _work = work;
        _taskCount = table.TaskCount;
        for (var a = 0; a < _taskCount; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var noise = new Vector<double>(a == b ? table.NoiseVariance[a] : 0);
                Covariance(0, a, b) = Covariance(0, b, a) = Load(table.Covariance.Plane(a, b), point, points) + noise;
                Covariance(1, a, b) = Covariance(1, b, a) = Load(table.CovarianceGivenTarget.Plane(a, b), point, points) + noise;
            }
        }
    }

    /// <summary>Vectors of working memory for m tasks.</summary>
    public static int Room(int taskCount) => 6 * taskCount * taskCount;

    /// <summary>1/2 log of a ratio, at least 0: mutual information is never negative, rounding can make it so.</summary>
    public static Vector<double> Gain(in Vector<double> ratio) => 0.5 * Vector.Log(Vector.Max(Vector<double>.One, ratio));

    /// <summary>
    /// What a task multiplies the ratio of a set by: the variance of its observation given those of the others, without and with the
    /// target known. The set's own members have been appended in this order, the set's last one most recently at its place.
    /// </summary>
    /// <exception cref="NotPositiveDefiniteException">When a variance is not above 0.</exception>
    public readonly Vector<double> Append(ReadOnlySpan<int> set, int task) => Pivot(0, set, task) / Pivot(1, set, task);

    private readonly Vector<double> Pivot(int side, ReadOnlySpan<int> set, int task)
    {
        var last = set.Length;
        var pivot = Covariance(side, task, task);
        for (var j = 0; j < last; j++)
        {
            var value = Covariance(side, task, set[j]);
            for (var k = 0; k < j; k++)
            {
                value -= Scaled(side, last, k) * Unit(side, j, k);
            }
            // Scaled: L E; Unit: L, of unit diagonal, whose place holds 1 / E.
            Scaled(side, last, j) = value;
            var unit = value * Unit(side, j, j);
            Unit(side, last, j) = unit;
            pivot -= value * unit;
        }
        if (!Vector.GreaterThanAll(pivot, Vector<double>.Zero))
        {
            throw new NotPositiveDefiniteException(last + 1, [0]);
        }
        Unit(side, last, last) = Vector<double>.One / pivot;
        return pivot;
    }

    private static Vector<double> Load(ReadOnlySpan<double> plane, int point, int points)
    {
        if (points == Vector<double>.Count)
        {
            return new Vector<double>(plane[point..]);
        }
        Span<double> values = stackalloc double[Vector<double>.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = plane[point + Math.Min(i, points - 1)];
        }
        return new Vector<double>(values);
    }

    private readonly ref Vector<double> Covariance(int side, int row, int column) => ref At(side, row, column);

    private readonly ref Vector<double> Scaled(int side, int row, int column) => ref At(side + 2, row, column);

    private readonly ref Vector<double> Unit(int side, int row, int column) => ref At(side + 4, row, column);

    private readonly ref Vector<double> At(int part, int row, int column) => ref _work[(((part * _taskCount) + row) * _taskCount) + column];
}
