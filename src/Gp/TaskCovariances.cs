using System.Numerics;

namespace Bitcurve.Gp;

/// <summary>
/// One symmetric m x m covariance of the tasks for each of M points, in squared units of the values. Filled once, then read-only.
/// </summary>
public sealed class TaskCovariances
{
    private readonly double[] _planes;
    private readonly int _stride;

    internal TaskCovariances(int count, int taskCount)
    {
        (Count, TaskCount, _stride) = (count, taskCount, SolvedBlock.Padded(count));
        _planes = new double[_stride * taskCount * (taskCount + 1) / 2];
    }

    /// <summary>M.</summary>
    public int Count { get; }

    /// <summary>m.</summary>
    public int TaskCount { get; }

    /// <summary>Covariance of two tasks at a point, in squared units of the values.</summary>
    /// <exception cref="ArgumentException">When a task is not in [0, m); a point out of range is an
    /// <see cref="ArgumentOutOfRangeException"/>.</exception>
    public double this[int point, int task, int other]
    {
        get
        {
            if (point < 0 || point >= Count)
            {
                throw new ArgumentOutOfRangeException(nameof(point), $"Expected a point in [0, {Count}), got {point}.");
            }
            // A task too large would be another pair's plane.
            Design.RequireTask(task, TaskCount, nameof(task));
            Design.RequireTask(other, TaskCount, nameof(other));
            return Plane(task, other)[point];
        }
    }

    /// <summary>The m x m covariance at one point, as a copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">When the point is not in [0, M).</exception>
    public double[,] At(int point)
    {
        var matrix = new double[TaskCount, TaskCount];
        for (var a = 0; a < TaskCount; a++)
        {
            for (var b = 0; b < TaskCount; b++)
            {
                matrix[a, b] = this[point, a, b];
            }
        }
        return matrix;
    }

    /// <summary>
    /// The covariances of two tasks at all points: M entries and some without meaning, so that vectors may reach beyond the last point.
    /// One plane for each pair of tasks lets vectors hold neighbouring points.
    /// </summary>
    internal Span<double> Plane(int task, int other)
    {
        var (row, column) = (Math.Max(task, other), Math.Min(task, other));
        return _planes.AsSpan(((row * (row + 1) / 2) + column) * _stride, _stride);
    }

    /// <summary>Adds another's covariances to these.</summary>
    internal void Add(TaskCovariances other) => RowProducts.AddScaled(1, other._planes, _planes);

    /// <summary>Rounding can leave a variance below 0.</summary>
    internal void ClampVariances()
    {
        for (var task = 0; task < TaskCount; task++)
        {
            var variances = Plane(task, task);
            for (var i = 0; i < variances.Length; i += Vector<double>.Count)
            {
                Vector.Max(new Vector<double>(variances[i..]), Vector<double>.Zero).CopyTo(variances[i..]);
            }
        }
    }
}
