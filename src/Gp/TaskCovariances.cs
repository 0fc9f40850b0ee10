namespace Bitcurve.Gp;

/// <summary>
/// One symmetric m x m covariance of the tasks for each of M points, in squared units of the values. Filled once, then read-only.
/// </summary>
public sealed class TaskCovariances
{
    private readonly double[] _packed;

    internal TaskCovariances(int count, int taskCount)
    {
        (Count, TaskCount) = (count, taskCount);
        _packed = new double[count * EntriesPerPoint];
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
            // A task too large would be another point's entry.
            Design.RequireTask(task, TaskCount, nameof(task));
            Design.RequireTask(other, TaskCount, nameof(other));
            return LowerTriangle(point)[task >= other ? Index(task, other) : Index(other, task)];
        }
    }

    private int EntriesPerPoint => TaskCount * (TaskCount + 1) / 2;

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

    /// <summary>The lower triangle at one point by rows, m (m + 1) / 2 entries.</summary>
    internal Span<double> LowerTriangle(int point)
    {
        if (point < 0 || point >= Count)
        {
            throw new ArgumentOutOfRangeException(nameof(point), $"Expected a point in [0, {Count}), got {point}.");
        }
        return _packed.AsSpan(point * EntriesPerPoint, EntriesPerPoint);
    }

    private static int Index(int row, int column) => (row * (row + 1) / 2) + column;
}
