using System.Collections;

namespace Bitcurve.Gp;

/// <summary>What observations at each of M points would tell about the target function. Immutable; safe for concurrent use.</summary>
public sealed class InformationTable : IReadOnlyList<PointInformation>
{
    /// <summary>All sets of more tasks than this are too many to list: 2^10 gains a point.</summary>
    public const int MostTasksForAllSets = 10;

    private readonly double[] _noiseVariance;

    internal InformationTable(TaskCovariances covariance, TaskCovariances covarianceGivenTarget, double[] noiseVariance) =>
        (Covariance, CovarianceGivenTarget, _noiseVariance) = (covariance, covarianceGivenTarget, noiseVariance);

    /// <summary>M.</summary>
    public int Count => Covariance.Count;

    /// <summary>m.</summary>
    public int TaskCount => Covariance.TaskCount;

    /// <summary>V, without observation noise.</summary>
    public TaskCovariances Covariance { get; }

    /// <summary>U: V when the target function is known as well.</summary>
    public TaskCovariances CovarianceGivenTarget { get; }

    public PointInformation this[int index] => new(this, index);

    /// <summary>
    /// I = 1/2 [log det(V_S + D_S) - log det(U_S + D_S)] in nats, &gt;= 0, of observing every task of S at one point once.
    /// </summary>
    /// <exception cref="ArgumentException">When a task is out of range or given twice.</exception>
    /// <exception cref="NotPositiveDefiniteException">When noiseless tasks of S are known exactly already.</exception>
    public double Gain(int point, params ReadOnlySpan<int> tasks)
    {
        RequireSet(tasks);
        var size = tasks.Length * tasks.Length;
        Span<double> work = stackalloc double[2 * size];
        var ratio = 1.0;
        for (var i = 0; i < tasks.Length; i++)
        {
            var set = tasks[..(i + 1)];
            ratio *= Pivot(Covariance, point, set, work[..size], tasks.Length)
                / Pivot(CovarianceGivenTarget, point, set, work[size..], tasks.Length);
        }
        // Mutual information is never negative; rounding can make it so.
        return 0.5 * Math.Log(Math.Max(1, ratio));
    }

    /// <summary>
    /// The gain of every set of tasks at one point, 2^m entries: entry b belongs to the tasks whose bits are set in b. O(2^m m^2).
    /// </summary>
    /// <exception cref="InvalidOperationException">More than <see cref="MostTasksForAllSets"/> tasks.</exception>
    /// <exception cref="NotPositiveDefiniteException">When noiseless tasks are known exactly already.</exception>
    public void GainOfEverySet(int point, Span<double> gains)
    {
        if (TaskCount > MostTasksForAllSets)
        {
            throw new InvalidOperationException($"Expected at most {MostTasksForAllSets} tasks for all sets, actual {TaskCount}.");
        }
        ArgumentOutOfRangeException.ThrowIfLessThan(gains.Length, 1 << TaskCount, nameof(gains));
        Span<int> tasks = stackalloc int[TaskCount];
        Span<double> work = stackalloc double[2 * TaskCount * TaskCount];
        gains[0] = 0;
        Extend(point, tasks, 0, 0, 1, work, gains);
    }

    public IEnumerator<PointInformation> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Sets grow in ascending order of their tasks, so every set extends the factor of one smaller set.</summary>
    private void Extend(int point, Span<int> tasks, int count, int set, double ratio, Span<double> work, Span<double> gains)
    {
        var size = TaskCount * TaskCount;
        for (var task = count == 0 ? 0 : tasks[count - 1] + 1; task < TaskCount; task++)
        {
            tasks[count] = task;
            var members = tasks[..(count + 1)];
            var grown = ratio * Pivot(Covariance, point, members, work[..size], TaskCount)
                / Pivot(CovarianceGivenTarget, point, members, work[size..], TaskCount);
            gains[set | (1 << task)] = 0.5 * Math.Log(Math.Max(1, grown));
            Extend(point, tasks, count + 1, set | (1 << task), grown, work, gains);
        }
    }

    /// <summary>
    /// Appends the last task's row to the Cholesky factor of the others' noisy covariance and returns its squared pivot: the variance of
    /// its observation given those of the others.
    /// </summary>
    private double Pivot(TaskCovariances covariance, int point, ReadOnlySpan<int> tasks, Span<double> factor, int stride)
    {
        var triangle = covariance.LowerTriangle(point);
        var last = tasks.Length - 1;
        var task = tasks[last];
        var row = factor.Slice(last * stride, stride);
        var pivot = triangle[Entry(task, task)] + _noiseVariance[task];
        for (var j = 0; j < last; j++)
        {
            var value = triangle[Entry(task, tasks[j])];
            for (var k = 0; k < j; k++)
            {
                value -= row[k] * factor[(j * stride) + k];
            }
            row[j] = value / factor[(j * stride) + j];
            pivot -= row[j] * row[j];
        }
        if (!(pivot > 0))
        {
            throw new NotPositiveDefiniteException(tasks.Length, [0]);
        }
        row[last] = Math.Sqrt(pivot);
        return pivot;
    }

    private static int Entry(int task, int other) => task >= other ? (task * (task + 1) / 2) + other : (other * (other + 1) / 2) + task;

    private void RequireSet(ReadOnlySpan<int> tasks)
    {
        for (var i = 0; i < tasks.Length; i++)
        {
            Design.RequireTask(tasks[i], _noiseVariance.Length, nameof(tasks));
            if (tasks.IndexOf(tasks[i]) != i)
            {
                throw new ArgumentException($"Expected distinct tasks, got task {tasks[i]} twice.", nameof(tasks));
            }
        }
    }
}
