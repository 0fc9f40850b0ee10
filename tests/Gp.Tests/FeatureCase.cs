namespace Bitcurve.Gp.Tests;

/// <summary>
/// A random model with all that an input kernel can have, from a seed: features with a marginalised mean, a nugget, inputs that come
/// again for other tasks and for repeated measurements, noise scales other than 1.
/// </summary>
internal sealed class FeatureCase
{
    private readonly Random _uniform;
    private readonly RandomCase _plain;

    public FeatureCase(int seed, int inputs = 6, int count = 14, int stationary = 2, int features = 2, int taskCount = 3)
    {
        _uniform = new Random(seed + 2);
        _plain = new RandomCase(seed, count, stationary + features, taskCount);
        var at = _plain.Hyperparameters;
        Hyperparameters = new Hyperparameters(at.Lengthscale[..stationary], at.CoregionalizationFactor, at.NoiseVariance, at.Mean,
            [.. Enumerable.Range(0, features).Select(_ => 0.2 + _uniform.NextDouble())], 0.05 + (0.3 * _uniform.NextDouble()));
        int[] inputOf = [.. Enumerable.Range(0, count).Select(_ => _uniform.Next(inputs))];
        double[] scales = [.. Enumerable.Range(0, count).Select(_ => new[] { 1, 0.5, 2 }[_uniform.Next(3)])];
        var design = new Design(_plain.Points(inputs).Select(inputOf), _plain.Observations.Design.Tasks.ToArray(), taskCount, scales);
        Observations = new Observations(design, _plain.Observations.Values.ToArray());
    }

    public Observations Observations { get; }

    public Hyperparameters Hyperparameters { get; }

    public StationaryKernel Kernel => _plain.Kernel;

    public int TaskCount => _plain.TaskCount;

    public MultiTaskGp Model() => new(Observations, Kernel, Hyperparameters);

    public DenseModel Dense() => new(Observations, Kernel.Kind, Hyperparameters);

    public Points Points(int count) => _plain.Points(count);

    /// <summary>Some points of the observations and some others.</summary>
    public Points SeenAndUnseen(int count) => Observations.Design.Points.Select([0, Observations.Count - 1]).Append(Points(count));

    public int Task() => _plain.Task();

    /// <summary>The fit's options that have all these hyperparameters.</summary>
    public FitOptions Options(HyperparameterPriors? priors) => new()
    {
        Priors = priors,
        LinearFeatures = Hyperparameters.LinearVariance.Length,
        HasNugget = true,
    };
}
