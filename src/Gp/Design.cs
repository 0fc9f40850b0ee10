namespace Bitcurve.Gp;

/// <summary>
/// Where the functions were (or will be) observed: n points, the task observed at each and how noisy each observation is. Immutable; holds
/// no values, because posterior variances and information gains need none.
/// </summary>
public sealed class Design
{
    private readonly int[] _tasks;
    private readonly double[] _noiseScales;
    private DistinctInputs? _inputs;

    /// <summary>Takes copies of its arguments.</summary>
    /// <param name="points">n points.</param>
    /// <param name="tasks">n task indices in [0, m).</param>
    /// <param name="taskCount">m.</param>
    /// <param name="noiseScales">n factors on the task's noise variance: 1 for one measurement (the default), 1/r for the mean of r, 0 for
    /// exact knowledge.</param>
    /// <exception cref="ArgumentException">When lengths differ, a task is out of range or a noise scale is negative or not
    /// finite.</exception>
    public Design(Points points, IReadOnlyList<int> tasks, int taskCount, IReadOnlyList<double>? noiseScales = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(taskCount, 1);
        RequireLength(tasks.Count, points.Count, "tasks");
        RequireLength(noiseScales?.Count ?? points.Count, points.Count, "noiseScales");
        Points = points;
        TaskCount = taskCount;
        _tasks = [.. tasks];
        _noiseScales = noiseScales is null ? Enumerable.Repeat(1.0, points.Count).ToArray() : [.. noiseScales];
        foreach (var task in _tasks)
        {
            RequireTask(task, taskCount, nameof(tasks));
        }
        foreach (var scale in _noiseScales)
        {
            if (!double.IsFinite(scale) || scale < 0)
            {
                throw new ArgumentException($"Expected finite noise scales of at least 0, got {scale}.", nameof(noiseScales));
            }
        }
    }

    /// <summary>n points of d coordinates.</summary>
    public Points Points { get; }

    /// <summary>n.</summary>
    public int Count => _tasks.Length;

    /// <summary>m.</summary>
    public int TaskCount { get; }

    /// <summary>n task indices in [0, m).</summary>
    public ReadOnlySpan<int> Tasks => _tasks;

    /// <summary>n factors on the task's noise variance.</summary>
    public ReadOnlySpan<double> NoiseScales => _noiseScales;

    /// <summary>Which rows are at the same input; computed once, on demand.</summary>
    internal DistinctInputs Inputs => _inputs ??= DistinctInputs.Of(Points);

    public static Design Empty(int dimensions, int taskCount) => new(new Points(dimensions, []), [], taskCount);

    /// <summary>The rows at <paramref name="indices"/>, in that order.</summary>
    public Design Select(IReadOnlyList<int> indices) => new(
        Points.Select(indices),
        indices.Select(i => _tasks[i]).ToArray(),
        TaskCount,
        indices.Select(i => _noiseScales[i]).ToArray());

    /// <summary>This design followed by <paramref name="more"/>.</summary>
    /// <exception cref="ArgumentException">When the numbers of tasks or dimensions differ.</exception>
    public Design Append(Design more)
    {
        if (more.TaskCount != TaskCount)
        {
            throw new ArgumentException($"Expected a design of {TaskCount} tasks, got {more.TaskCount}.", nameof(more));
        }
        return new Design(Points.Append(more.Points), [.. _tasks, .. more._tasks], TaskCount, [.. _noiseScales, .. more._noiseScales]);
    }

    /// <summary>Indices whose task satisfies <paramref name="keep"/>, ascending.</summary>
    public int[] IndicesWhere(Func<int, bool> keep) => Enumerable.Range(0, Count).Where(i => keep(_tasks[i])).ToArray();

    /// <summary>Indices that order the rows by task, stably.</summary>
    public int[] OrderByTask() => Enumerable.Range(0, Count).OrderBy(i => _tasks[i]).ToArray();

    internal static void RequireTask(int task, int taskCount, string parameter)
    {
        if (task < 0 || task >= taskCount)
        {
            throw new ArgumentException($"Expected a task in [0, {taskCount}), got {task}.", parameter);
        }
    }

    private static void RequireLength(int actual, int expected, string parameter)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"Expected {expected} {parameter}, one per point, got {actual}.", parameter);
        }
    }
}
