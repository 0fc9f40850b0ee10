namespace Bitcurve.Gp;

/// <summary>n noisy values y_i of task l_i at point x_i. Immutable.</summary>
public sealed class Observations
{
    private readonly double[] _values;

    /// <exception cref="ArgumentException">When there is not one finite value per row of the design.</exception>
    public Observations(Design design, IReadOnlyList<double> values)
    {
        if (values.Count != design.Count)
        {
            throw new ArgumentException($"Expected {design.Count} values, one per point, got {values.Count}.", nameof(values));
        }
        Design = design;
        _values = [.. values];
        foreach (var value in _values)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException($"Expected finite values (a failed job is no observation), got {value}.", nameof(values));
            }
        }
    }

    /// <summary>Observations of <paramref name="taskCount"/> tasks at rows of d coordinates.</summary>
    public Observations(int dimensions, int taskCount, IReadOnlyList<double[]> rows, IReadOnlyList<int> tasks, IReadOnlyList<double> values)
        : this(new Design(new Points(dimensions, rows), tasks, taskCount), values)
    {
    }

    public Design Design { get; }

    /// <summary>n.</summary>
    public int Count => _values.Length;

    /// <summary>m.</summary>
    public int TaskCount => Design.TaskCount;

    /// <summary>d.</summary>
    public int Dimensions => Design.Points.Dimensions;

    /// <summary>n values, in the units of whoever built them.</summary>
    public ReadOnlySpan<double> Values => _values;

    public static Observations None(int dimensions, int taskCount) => new(Design.Empty(dimensions, taskCount), []);

    /// <summary>The same design with other values, e.g. standardised ones.</summary>
    public Observations WithValues(IReadOnlyList<double> values) => new(Design, values);

    /// <summary>These observations followed by <paramref name="more"/>.</summary>
    public Observations Append(Observations more) => new(Design.Append(more.Design), [.. _values, .. more._values]);

    /// <summary>The same observations with those of one task next to each other.</summary>
    public Observations SortedByTask()
    {
        var order = Design.OrderByTask();
        return new Observations(Design.Select(order), order.Select(i => _values[i]).ToArray());
    }
}
