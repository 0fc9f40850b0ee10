using System.Collections;
using System.Numerics;

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

    /// <summary>D, m entries.</summary>
    internal ReadOnlySpan<double> NoiseVariance => _noiseVariance;

    public PointInformation this[int index] => new(this, index);

    /// <summary>
    /// I = 1/2 [log det(V_S + D_S) - log det(U_S + D_S)] in nats, &gt;= 0, of observing every task of S at one point once.
    /// </summary>
    /// <exception cref="ArgumentException">When a task is out of range or given twice.</exception>
    /// <exception cref="NotPositiveDefiniteException">When noiseless tasks of S are known exactly already.</exception>
    public double Gain(int point, params ReadOnlySpan<int> tasks)
    {
        RequireSet(tasks);
        Span<Vector<double>> work = TaskCount <= MostTasksForAllSets
            ? stackalloc Vector<double>[PivotRatios.Room(TaskCount)]
            : new Vector<double>[PivotRatios.Room(TaskCount)];
        var pivots = new PivotRatios(this, point, 1, work);
        var ratio = Vector<double>.One;
        for (var i = 0; i < tasks.Length; i++)
        {
            ratio *= pivots.Append(tasks[..i], tasks[i]);
        }
        return PivotRatios.Gain(ratio)[0];
    }

    /// <summary>
    /// The gain of every set of tasks at one point, 2^m entries: entry b belongs to the tasks whose bits are set in b. O(2^m m^2).
    /// </summary>
    /// <exception cref="InvalidOperationException">More than <see cref="MostTasksForAllSets"/> tasks.</exception>
    /// <exception cref="NotPositiveDefiniteException">When noiseless tasks are known exactly already.</exception>
    public void GainOfEverySet(int point, Span<double> gains)
    {
        RequireFewTasks();
        ArgumentOutOfRangeException.ThrowIfLessThan(gains.Length, 1 << TaskCount, nameof(gains));
        GainsOfEverySet(point, 1, gains);
    }

    /// <summary>
    /// The gain of every set of tasks at every point, M x 2^m row-major, as <see cref="GainOfEverySet"/> has it for one; several points at
    /// once and on several threads.
    /// </summary>
    /// <exception cref="InvalidOperationException">More than <see cref="MostTasksForAllSets"/> tasks.</exception>
    /// <exception cref="NotPositiveDefiniteException">When noiseless tasks are known exactly already.</exception>
    public double[] GainsOfEverySet()
    {
        RequireFewTasks();
        var gains = new double[Count << TaskCount];
        var groups = (Count + Vector<double>.Count - 1) / Vector<double>.Count;
        var parts = ComputeThreads.PartsOf((double)gains.Length * TaskCount * TaskCount, groups);
        ComputeThreads.ForEach(parts, part =>
        {
            var end = Math.Min((int)((long)(part + 1) * groups / parts) * Vector<double>.Count, Count);
            for (var point = (int)((long)part * groups / parts) * Vector<double>.Count; point < end; point += Vector<double>.Count)
            {
                GainsOfEverySet(point, Math.Min(Vector<double>.Count, end - point), gains.AsSpan(point << TaskCount));
            }
        });
        return gains;
    }

    public IEnumerator<PointInformation> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The gains at up to a vector of points, from <paramref name="point"/> on.</summary>
    private void GainsOfEverySet(int point, int points, Span<double> gains)
    {
        var pivots = new PivotRatios(this, point, points, stackalloc Vector<double>[PivotRatios.Room(TaskCount)]);
        Span<int> tasks = stackalloc int[TaskCount];
        for (var i = 0; i < points; i++)
        {
            gains[i << TaskCount] = 0;
        }
        Extend(ref pivots, tasks, 0, 0, Vector<double>.One, points, gains);
    }

    /// <summary>Sets grow in ascending order of their tasks, so every set extends the factor of one smaller set.</summary>
    private void Extend(
        ref PivotRatios pivots, Span<int> tasks, int count, int set, in Vector<double> ratio, int points, Span<double> gains)
    {
        for (var task = count == 0 ? 0 : tasks[count - 1] + 1; task < TaskCount; task++)
        {
            tasks[count] = task;
            var grown = ratio * pivots.Append(tasks[..count], task);
            var gain = PivotRatios.Gain(grown);
            for (var i = 0; i < points; i++)
            {
                gains[(i << TaskCount) | set | (1 << task)] = gain[i];
            }
            Extend(ref pivots, tasks, count + 1, set | (1 << task), grown, points, gains);
        }
    }

    private void RequireFewTasks()
    {
        if (TaskCount > MostTasksForAllSets)
        {
            throw new InvalidOperationException($"Expected at most {MostTasksForAllSets} tasks for all sets, actual {TaskCount}.");
        }
    }

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
