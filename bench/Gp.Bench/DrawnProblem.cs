namespace Bitcurve.Gp.Bench;

/// <summary>Where a problem is observed.</summary>
public enum DesignKind
{
    /// <summary>Every observation at an input of its own, tasks in turn.</summary>
    Distinct,

    /// <summary>As a search measures: configurations at the tasks 0, or 0 and 1, or 0 to 2, or all four.</summary>
    Search,
}

/// <summary>Values drawn from a known coregionalised process of four tasks over the unit cube; everything follows from the seed.</summary>
public sealed class DrawnProblem
{
    public const int TaskCount = 4;

    public const int Target = TaskCount - 1;

    private static readonly double[] NoiseVariance = [0.02, 0.015, 0.01, 0.005];

    /// <summary>B's factor: unit variances; neighbouring tasks correlate by about 0.8, the first and the last by 0.6.</summary>
    private static readonly double[][] Factor =
        [[1, 0, 0, 0], [0.8, 0.6, 0, 0], [0.7, 0.45, Math.Sqrt(0.3075), 0], [0.6, 0.4, 0.5, Math.Sqrt(0.23)]];

    private readonly double[] _lengthscale;

    private DrawnProblem(Observations all, double[] lengthscale)
    {
        _lengthscale = lengthscale;
        All = all;
    }

    /// <summary>n + 1 observations.</summary>
    public Observations All { get; }

    /// <summary>The first n.</summary>
    public Observations First => Rows(0, All.Count - 1);

    /// <summary>The last one.</summary>
    public Observations Last => Rows(All.Count - 1, All.Count);

    /// <summary>n + 1 observations in d dimensions.</summary>
    public static DrawnProblem Of(int dimensions, int count, DesignKind kind, int seed)
    {
        var design = Design(dimensions, count + 1, kind, new Random(seed));
        var lengthscale = Enumerable.Range(0, dimensions).Select(k => 0.3 + (0.15 * k)).ToArray();
        var factor = Cholesky.Of(Covariance(design, lengthscale), design.Count);
        var normal = new StandardNormal(seed).Next(design.Count);
        var values = Enumerable.Range(0, design.Count)
            .Select(i => Enumerable.Range(0, i + 1).Sum(j => factor[i, j] * normal[j]))
            .ToArray();
        return new DrawnProblem(new Observations(design, values), lengthscale);
    }

    /// <summary>The hyperparameters that the values were drawn with, in the units of a standardisation.</summary>
    public Hyperparameters Truth(Standardization standardization) => new(
        _lengthscale,
        [.. Factor.Select((row, task) => row.Select(entry => entry / standardization.Scale[task]).ToArray())],
        [.. NoiseVariance.Select((variance, task) => variance / Math.Pow(standardization.Scale[task], 2))],
        [.. standardization.Centre.Select((centre, task) => -centre / standardization.Scale[task])]);

    /// <summary>The process given the first n observations at the true hyperparameters.</summary>
    public MultiTaskRegression AtTruth()
    {
        var standardization = Standardization.Of(First, Target);
        return MultiTaskRegression.Condition(First, standardization, KernelKind.SquaredExponential, Truth(standardization));
    }

    /// <summary>Uniform points of the unit cube.</summary>
    public static Points Uniform(int dimensions, int count, int seed)
    {
        var random = new Random(seed);
        return new Points(dimensions, [.. Enumerable.Range(0, count).Select(_ => Row(dimensions, random))]);
    }

    private static Design Design(int dimensions, int count, DesignKind kind, Random random)
    {
        var rows = new List<double[]>();
        var tasks = new List<int>();
        for (var configuration = 0; rows.Count < count; configuration++)
        {
            var row = Row(dimensions, random);
            var last = configuration % TaskCount;
            for (var task = kind == DesignKind.Distinct ? last : 0; task <= last && rows.Count < count; task++)
            {
                rows.Add(row);
                tasks.Add(task);
            }
        }
        return new Design(new Points(dimensions, rows), tasks, TaskCount);
    }

    private static double[] Covariance(Design design, double[] lengthscale)
    {
        var kernel = StationaryKernel.Of(KernelKind.SquaredExponential);
        var coregionalization = IntrinsicCoregionalization.FromFactor(Factor);
        var rows = Enumerable.Range(0, design.Count).Select(design.Points.Row).ToArray();
        var covariance = new double[design.Count * design.Count];
        for (var i = 0; i < design.Count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                covariance[(i * design.Count) + j] =
                    coregionalization[design.Tasks[i], design.Tasks[j]] * kernel.Covariance(rows[i], rows[j], lengthscale);
            }
            covariance[(i * design.Count) + i] += NoiseVariance[design.Tasks[i]];
        }
        return covariance;
    }

    private Observations Rows(int start, int end) => new(
        All.Design.Select([.. Enumerable.Range(start, end - start)]), All.Values[start..end].ToArray());

    private static double[] Row(int dimensions, Random random) =>
        [.. Enumerable.Range(0, dimensions).Select(_ => random.NextDouble())];
}
