namespace Bitcurve.Gp.Tests;

public sealed class ReplicatesTests
{
    [Fact]
    public void Fold_TwoMeasurementsByHand_BecomeTheirWeightedMean()
    {
        // Values 1 and 4 of variances s^2 and s^2 / 2: weights 1 and 2, mean 3, variance s^2 / 3.
        var design = new Design(new Points(1, [[0.5], [0.7], [0.5]]), [0, 0, 0], 1, [1, 1, 0.5]);
        var folded = Replicates.Fold(new Observations(design, [1, 9, 4])).Folded;

        Assert.Equal(2, folded.Count);
        Close.Equal([3, 9], folded.Values.ToArray(), 1e-15);
        Close.Equal([1 / 3.0, 1], folded.Design.NoiseScales.ToArray(), 1e-15);
        Assert.Equal([0.5], folded.Design.Points.Row(0));
    }

    [Fact]
    public void LogLikelihood_TwoMeasurementsByHand_IsTheDensityOfTheirDifference()
    {
        // Equal variances s^2: the contrast (y1 - y2) / sqrt 2 is N(0, s^2), whatever f is; the other coordinate is sqrt 2 times the mean.
        var observations = new Observations(1, 1, [[0.5], [0.5]], [0, 0], [1, 4]);
        var expected = -0.5 * (Math.Log(2 * Math.PI * 0.3) + (4.5 / 0.3) + Math.Log(2));
        Close.Equal(expected, Replicates.Fold(observations).LogLikelihood([0.3], []), 1e-14);
    }

    [Fact]
    public void Fold_OtherTaskOrInput_IsNoReplicate()
    {
        var observations = new Observations(1, 2, [[0.5], [0.5], [0.6]], [0, 1, 0], [1, 2, 3]);
        var replicates = Replicates.Fold(observations);
        Assert.Same(observations, replicates.Folded);
        Assert.Equal(0, replicates.LogLikelihood([0.1, 0.1], []));
    }

    [Fact]
    public void Fold_ExactValues_StayAsTheyAre()
    {
        var design = new Design(new Points(1, [[0.5], [0.5], [0.5], [0.5]]), [0, 0, 0, 0], 1, [0, 1, 1, 0]);
        var folded = Replicates.Fold(new Observations(design, [1, 2, 4, 1])).Folded;
        Assert.Equal([1, 3, 1], folded.Values.ToArray());
        Assert.Equal([0, 0.5, 0], folded.Design.NoiseScales.ToArray());
    }

    [Fact]
    public void Evaluate_RepeatedMeasurements_EqualsTheDenseLikelihoodOfAllRows() => Seeds.ForAll(40, seed =>
    {
        // 14 rows of 3 tasks at 3 inputs: some measurements are repeated in every case.
        var random = new FeatureCase(seed, inputs: 3);
        var likelihood = new MarginalLikelihood(random.Observations, random.Kernel).Evaluate(random.Hyperparameters);

        Assert.True(Replicates.Fold(random.Observations).Folded.Count < random.Observations.Count);
        Close.Equal(random.Dense().LogMarginalLikelihood(), likelihood, 1e-10, 1e-10);
        Close.Equal(random.Model().LogMarginalLikelihood, likelihood, 1e-10, 1e-10);
    });

    [Fact]
    public void Gradient_RepeatedMeasurements_AgreesWithFiniteDifferencesOfTheDenseLikelihood() => Seeds.ForAll(20, seed =>
    {
        var random = new FeatureCase(seed, inputs: 3);
        var at = random.Hyperparameters;
        var gradient = random.Model().Gradient();
        // The likelihood is of order 100; its rounding over a step of 1e-6 is of order 1e-7, with condition numbers of 1e3 up to 1e-5.
        for (var task = 0; task < 3; task++)
        {
            Close.Equal(FiniteDifference.Central(value => Likelihood(noise: (task, value)), at.NoiseVariance[task]),
                gradient.NoiseVariance[task], 1e-5, 1e-4);
        }
        for (var j = 0; j < 2; j++)
        {
            Close.Equal(FiniteDifference.Central(value => Likelihood(linear: (j, value)), at.LinearVariance[j]),
                gradient.LinearVariance[j], 1e-5, 1e-4);
        }
        Close.Equal(FiniteDifference.Central(value => Likelihood(nugget: value), at.Nugget), gradient.Nugget, 1e-5, 1e-4);

        double Likelihood((int At, double Value)? noise = null, (int At, double Value)? linear = null, double? nugget = null) =>
            new DenseModel(random.Observations, random.Kernel.Kind, new Hyperparameters(at.Lengthscale, at.CoregionalizationFactor,
                Replace(at.NoiseVariance, noise), at.Mean, Replace(at.LinearVariance, linear), nugget ?? at.Nugget)).LogMarginalLikelihood();
    });

    [Fact]
    public void Fold_RepeatedMeasurements_LeavesThePosteriorAsItIs() => Seeds.ForAll(20, seed =>
    {
        var random = new FeatureCase(seed, inputs: 3);
        var folded = new MultiTaskGp(Replicates.Fold(random.Observations).Folded, random.Kernel, random.Hyperparameters);
        var points = random.SeenAndUnseen(3);
        for (var task = 0; task < 3; task++)
        {
            Close.Equal(random.Model().At(points).Of(task).Mean, folded.At(points).Of(task).Mean, 1e-9, 1e-10);
            Close.Equal(random.Model().At(points).Of(task).Variance, folded.At(points).Of(task).Variance, 1e-9, 1e-10);
        }
    });

    [Fact]
    public void LogLikelihood_ContradictingNoiselessValues_IsLowButFinite()
    {
        var value = Replicates.Fold(new Observations(1, 1, [[0.5], [0.5]], [0, 0], [1, 2])).LogLikelihood([0], []);
        Assert.True(double.IsFinite(value));
        Assert.True(value < -1e9);
    }

    private static double[] Replace(double[] vector, (int At, double Value)? change) =>
        [.. vector.Select((value, i) => change is { } with && with.At == i ? with.Value : value)];
}
