namespace Bitcurve.Gp.Tests;

public sealed class LeaveOneOutTests
{
    [Fact]
    public void Of_RandomGroups_EqualsConditioningWithoutTheGroup() => Seeds.ForAll(40, seed =>
    {
        var random = new RandomCase(seed);
        var groups = Enumerable.Range(0, random.Observations.Count).Select(i => (i * 7 + seed) % 5 / 2).ToArray();
        var actual = LeaveOneOut.Of(random.Model(), groups);

        Assert.Equal(Enumerable.Range(0, random.Observations.Count), actual.Select(left => left.Index));
        foreach (var left in actual)
        {
            AssertEqualsRefit(random, groups, left);
        }
    });

    [Fact]
    public void Of_RepeatedInputsOverTasks_LeavesTheConfigurationOut()
    {
        // Three configurations, each observed for several tasks; without its own low fidelity the target is far less certain.
        double[][] rows = [[0.1], [0.1], [0.5], [0.5], [0.9], [0.9]];
        int[] tasks = [0, 1, 0, 1, 0, 1];
        var observations = new Observations(1, 2, rows, tasks, [1, 1.1, 2, 2.2, 0.5, 0.4]);
        var model = new MultiTaskGp(
            observations, SquaredExponential.Instance, new Hyperparameters([0.1], [[1, 0], [0.95, 0.3]], [0.01, 0.01], [1, 1]));
        var byConfiguration = LeaveOneOut.Of(model, LeaveOneOut.GroupsByPoint(observations.Design.Points));
        var bySingleRow = LeaveOneOut.Of(model, [0, 1, 2, 3, 4, 5]);

        Assert.True(byConfiguration[3].Variance > 3 * bySingleRow[3].Variance);
        // The neighbours are four lengthscales away (k = 0.0003): what is left is the prior, B_11 + noise around the mean.
        Close.Equal((0.95 * 0.95) + 0.09 + 0.01, byConfiguration[3].Variance, 1e-5);
        Close.Equal(1, byConfiguration[3].Mean, 1e-3);
    }

    [Fact]
    public void Of_NoiseScales_PredictsTheNoiseOfTheRow()
    {
        var design = new Design(new Points(1, [[0.1], [0.5], [0.9]]), [0, 0, 0], 1, [1, 0.25, 0.5]);
        var model = new MultiTaskGp(
            new Observations(design, [0.3, -0.2, 0.8]), SquaredExponential.Instance, new Hyperparameters([0.4], [[1]], [0.1], [0]));
        var left = LeaveOneOut.Of(model, [0, 1, 2])[1];
        var rest = new MultiTaskGp(new Observations(design.Select([0, 2]), [0.3, 0.8]), model.Kernel, model.Hyperparameters)
            .At(design.Points.Select([1])).Of(0);

        Close.Equal(rest.Variance[0] + 0.025, left.Variance, 1e-12);
    }

    [Fact]
    public void Of_ScoredRowsOnly_GivesTheSameForThem()
    {
        var random = new RandomCase(11, count: 12, dimensions: 1, taskCount: 2);
        int[] groups = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5];
        var all = LeaveOneOut.Of(random.Model(), groups);
        var some = LeaveOneOut.Of(random.Model(), groups, index => index is 1 or 8 or 9);

        Assert.Equal([all[1], all[8], all[9]], some);
    }

    [Fact]
    public void Of_OneObservation_IsThePrior()
    {
        var model = new MultiTaskGp(
            new Observations(1, 2, [[0.5]], [1], [3]), SquaredExponential.Instance, new Hyperparameters([0.4], [[1, 0], [0, 2]], [1, 1], [0, 1]));
        var left = Assert.Single(LeaveOneOut.Of(model, [0]));

        Close.Equal(1, left.Mean, 1e-12);
        Close.Equal(5, left.Variance, 1e-12);
        Close.Equal(2 / Math.Sqrt(5), left.StandardizedResidual, 1e-12);
        Close.Equal(-0.5 * (Math.Log(2 * Math.PI * 5) + 0.8), left.LogDensity, 1e-12);
    }

    [Fact]
    public void Of_NoObservations_IsEmpty() =>
        Assert.Empty(LeaveOneOut.Of(new MultiTaskGp(Observations.None(1, 1), SquaredExponential.Instance, new Hyperparameters([1], [[1]], [1], [0])), []));

    [Fact]
    public void Of_OtherNumberOfLabels_SaysBoth()
    {
        var model = new RandomCase(3, count: 4).Model();
        Assert.StartsWith(
            "Expected 4 group labels, one per observation, got 2.",
            Assert.Throws<ArgumentException>(() => LeaveOneOut.Of(model, [0, 1])).Message);
    }

    [Fact]
    public void GroupsByPoint_SamePlaces_ShareALabel() => Assert.Equal(
        [0, 1, 0, 2, 1, 1],
        LeaveOneOut.GroupsByPoint(new Points(2, [[0.1, 0.2], [0.0, 1], [0.1, 0.2], [0.2, 0.1], [-0.0, 1], [0, 1]])));

    private static void AssertEqualsRefit(RandomCase random, int[] groups, LeftOut left)
    {
        var design = random.Observations.Design;
        var rest = Enumerable.Range(0, groups.Length).Where(i => groups[i] != groups[left.Index]).ToArray();
        var values = random.Observations.Values.ToArray();
        var refit = new MultiTaskGp(
            new Observations(design.Select(rest), rest.Select(i => values[i]).ToArray()), random.Kernel, random.Hyperparameters);
        var posterior = refit.At(design.Points.Select([left.Index])).Of(design.Tasks[left.Index]);

        Assert.Equal((design.Tasks[left.Index], values[left.Index]), (left.Task, left.Value));
        // Two ways through matrices with condition numbers up to some thousands.
        Close.Equal(posterior.Mean[0], left.Mean, 1e-8, 1e-9);
        Close.Equal(posterior.Variance[0] + random.Hyperparameters.NoiseVariance[left.Task], left.Variance, 1e-8);
    }
}
