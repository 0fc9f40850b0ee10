namespace Bitcurve.Gp;

/// <summary>
/// Per task, z = (y - centre) / scale: zero mean and unit variance over the observations it was computed from. Plain arrays, so that a
/// snapshot can hold it.
/// </summary>
public sealed record Standardization
{
    /// <summary>Observations that a task needs to have statistics of its own.</summary>
    public const int OwnStatisticsFrom = 2;

    /// <summary>A spread below this fraction of the magnitude is rounding, so the values count as constant.</summary>
    private const double ConstantBelow = 1e-12;

    /// <exception cref="ArgumentException">When lengths differ or a scale is not positive.</exception>
    public Standardization(double[] centre, double[] scale)
    {
        if (centre.Length != scale.Length)
        {
            throw new ArgumentException($"Expected {centre.Length} scales, one per centre, got {scale.Length}.", nameof(scale));
        }
        foreach (var value in scale)
        {
            if (!(value > 0) || !double.IsFinite(value))
            {
                throw new ArgumentException(FormattableString.Invariant($"Expected scales > 0, got {value}."), nameof(scale));
            }
        }
        Centre = centre;
        Scale = scale;
    }

    /// <summary>m entries, in units of y.</summary>
    public double[] Centre { get; }

    /// <summary>m entries &gt; 0, in units of y.</summary>
    public double[] Scale { get; }

    /// <summary>
    /// The statistics of each task; the target task's while a task has fewer than two observations; those of all values while the target
    /// has fewer too. A constant task keeps its own centre and borrows the scale in the same order; the scale is 1 when all values are
    /// equal or there are none.
    /// </summary>
    public static Standardization Of(Observations observations, int targetTask)
    {
        Design.RequireTask(targetTask, observations.TaskCount, nameof(targetTask));
        var all = Statistics(observations.Values.ToArray(), 0, 1);
        var target = TaskStatistics(observations, targetTask, all);
        var tasks = Enumerable.Range(0, observations.TaskCount).Select(task => TaskStatistics(observations, task, target)).ToArray();
        return new Standardization(tasks.Select(task => task.Centre).ToArray(), tasks.Select(task => task.Scale).ToArray());
    }

    /// <summary>The same observations in standard units.</summary>
    public Observations Apply(Observations observations)
    {
        var values = observations.Values.ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            var task = observations.Design.Tasks[i];
            values[i] = (values[i] - Centre[task]) / Scale[task];
        }
        return observations.WithValues(values);
    }

    /// <summary>A value of one task back in units of y.</summary>
    public double Invert(int task, double value) => Centre[task] + (Scale[task] * value);

    /// <summary>Posterior mean and variance of one task back in (squared) units of y.</summary>
    public TaskPosterior Invert(int task, TaskPosterior posterior) => new(
        posterior.Mean.Select(mean => Invert(task, mean)).ToArray(),
        posterior.Variance.Select(variance => Scale[task] * Scale[task] * variance).ToArray());

    private static (double Centre, double Scale) TaskStatistics(Observations observations, int task, (double Centre, double Scale) borrowed)
    {
        var own = observations.Values.ToArray().Where((_, i) => observations.Design.Tasks[i] == task).ToArray();
        return own.Length < OwnStatisticsFrom ? borrowed : Statistics(own, borrowed.Centre, borrowed.Scale);
    }

    private static (double Centre, double Scale) Statistics(double[] values, double centre, double scale)
    {
        if (values.Length == 0)
        {
            return (centre, scale);
        }
        var mean = values.Average();
        var deviation = values.Length < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        return (mean, deviation > ConstantBelow * Math.Max(1e-300, Math.Abs(mean)) ? deviation : scale);
    }
}
