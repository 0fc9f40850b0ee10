namespace Bitcurve.Gp.Tests;

/// <summary>A random well-conditioned model from a seed: inputs in the unit cube, correlated tasks, values of order one.</summary>
internal sealed class RandomCase
{
    private readonly Random _uniform;
    private readonly StandardNormal _normal;

    public RandomCase(int seed, int? count = null, int? dimensions = null, int? taskCount = null)
    {
        _uniform = new Random(seed);
        _normal = new StandardNormal(seed + 1);
        Dimensions = dimensions ?? _uniform.Next(1, 4);
        TaskCount = taskCount ?? _uniform.Next(1, 5);
        Observations = Observe(count ?? _uniform.Next(1, 25));
        Hyperparameters = DrawHyperparameters();
        Kernel = StationaryKernel.Of(_uniform.Next(2) == 0 ? KernelKind.SquaredExponential : KernelKind.Matern52);
    }

    public int Dimensions { get; }

    public int TaskCount { get; }

    public Observations Observations { get; }

    public Hyperparameters Hyperparameters { get; }

    public StationaryKernel Kernel { get; }

    public MultiTaskGp Model() => new(Observations, Kernel, Hyperparameters);

    public MultiTaskGp Model(Hyperparameters hyperparameters) => new(Observations, Kernel, hyperparameters);

    public int Task() => _uniform.Next(TaskCount);

    public Points Points(int count) => new(Dimensions, Rows(count));

    public Design Pending(int count) => new(Points(count), Tasks(count), TaskCount);

    public Observations Observe(int count) => new(Dimensions, TaskCount, Rows(count), Tasks(count), _normal.Next(count));

    private double[][] Rows(int count) => [.. Enumerable.Range(0, count).Select(_ => Uniform(Dimensions, 0, 1))];

    private int[] Tasks(int count) => [.. Enumerable.Range(0, count).Select(_ => Task())];

    private double[] Uniform(int count, double low, double high) =>
        [.. Enumerable.Range(0, count).Select(_ => low + ((high - low) * _uniform.NextDouble()))];

    private Hyperparameters DrawHyperparameters()
    {
        var factor = new double[TaskCount][];
        for (var a = 0; a < TaskCount; a++)
        {
            factor[a] = new double[TaskCount];
            Uniform(a, -0.5, 1).CopyTo(factor[a], 0);
            factor[a][a] = 0.3 + _uniform.NextDouble();
        }
        return new Hyperparameters(Uniform(Dimensions, 0.2, 1), factor, Uniform(TaskCount, 0.01, 0.2), _normal.Next(TaskCount));
    }
}
