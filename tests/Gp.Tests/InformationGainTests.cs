namespace Bitcurve.Gp.Tests;

public sealed class InformationGainTests
{
    [Fact]
    public void Gain_TargetAlone_IsHalfLogOfOnePlusSignalToNoise() => Seeds.ForAll(30, seed =>
    {
        var random = new RandomCase(seed);
        var target = random.Task();
        var points = random.Points(4);
        var variance = random.Model().At(points).Of(target).Variance;
        var information = InformationGain.AboutFunction(random.Model(), target).At(points);
        for (var i = 0; i < 4; i++)
        {
            Close.Equal(0.5 * Math.Log(1 + (variance[i] / random.Hyperparameters.NoiseVariance[target])), information[i].Gain(target),
                1e-10, 1e-13);
        }
    });

    [Fact]
    public void Gain_SetOfTasks_IsTheSumOfSingleGainsTakenOneAfterTheOther() => Seeds.ForAll(40, seed =>
    {
        var random = new RandomCase(seed, taskCount: 4);
        var target = random.Task();
        var point = random.Points(1);
        int[] tasks = [.. Enumerable.Range(0, 4).Where(task => (seed >> task) % 2 == 0)];
        var together = InformationGain.AboutFunction(random.Model(), target).At(point)[0].Gain(tasks);

        var oneByOne = 0.0;
        var pending = Design.Empty(random.Dimensions, 4);
        foreach (var task in tasks)
        {
            oneByOne += InformationGain.AboutFunction(random.Model(), target, pending).At(point)[0].Gain(task);
            pending = pending.Append(new Design(point, [task], 4));
        }

        Close.Equal(oneByOne, together, 1e-9, 1e-11);
    });

    [Fact]
    public void AboutFunction_Pending_EqualsObservingAnyValue() => Seeds.ForAll(30, seed =>
    {
        var random = new RandomCase(seed);
        var target = random.Task();
        var pending = random.Pending(3);
        var observed = random.Model().Append(new Observations(pending, new StandardNormal(seed).Next(3)));
        var points = random.Points(3);
        var tasks = Enumerable.Range(0, random.TaskCount).ToArray();

        var expected = InformationGain.AboutFunction(observed, target).At(points).Select(point => point.Gain(tasks)).ToArray();
        var actual = InformationGain.AboutFunction(random.Model(), target, pending).At(points).Select(point => point.Gain(tasks)).ToArray();

        Close.Equal(expected, actual, 1e-10, 1e-12);
    });

    [Fact]
    public void Gain_RandomCases_IsMonotoneInTheSetAndNeverNegative() => Seeds.ForAll(40, seed =>
    {
        var random = new RandomCase(seed, taskCount: 3);
        var target = random.Task();
        foreach (var point in InformationGain.AboutFunction(random.Model(), target).At(random.Points(5)))
        {
            Assert.Equal(0, point.Gain());
            for (var task = 0; task < 3; task++)
            {
                Assert.True(point.Gain(task) >= 0);
                Assert.True(point.Gain(0, 1, 2) >= point.Gain(task) - 1e-12);
            }
            Close.Equal(point.Gain(0, 1, 2), point.Gain(2, 0, 1), 1e-10, 1e-13);
            Assert.All(Enumerable.Range(0, 3), task => Assert.Equal(0, point.CovarianceGivenTarget[target, task]));
        }
    });

    [Fact]
    public void Gain_PendingAtTheSamePoint_Falls() => Seeds.ForAll(30, seed =>
    {
        var random = new RandomCase(seed);
        var target = random.Task();
        var point = random.Points(1);
        var before = InformationGain.AboutFunction(random.Model(), target).At(point)[0].Gain(target);
        var after =
            InformationGain.AboutFunction(random.Model(), target, new Design(point, [target], random.TaskCount)).At(point)[0].Gain(target);
        Assert.True(after < before);
    });

    [Fact]
    public void AboutFunction_DenseBruteForce_IsTheLimitOfKnowingFinitelyManyPoints()
    {
        var random = new RandomCase(21, count: 14, dimensions: 1, taskCount: 3);
        var model = new MultiTaskGp(random.Observations, Matern52.Instance, random.Hyperparameters);
        var points = random.Points(4);
        double[] errors = [.. new[] { 4, 12, 40 }.Select(count => Error(model, points, count))];

        Assert.True(errors[0] > errors[1] && errors[1] > errors[2], string.Join(", ", errors));
        // Between 40 grid points a Matern 5/2 function of lengthscale >= 0.2 is known to a relative variance of about 1e-5.
        Assert.True(errors[2] < 1e-3, string.Join(", ", errors));
    }

    [Fact]
    public void AboutPoints_AtThePointsObservedAndAsked_IsExactlyTheClosedForm() => Seeds.ForAll(20, seed =>
    {
        // Given f_m where the other tasks are or will be observed, f_m elsewhere is irrelevant to them: the finite set is already
        // everything.
        var random = new RandomCase(seed, count: 6, dimensions: 3, taskCount: 3);
        var model = new MultiTaskGp(random.Observations, Matern52.Instance, random.Hyperparameters);
        var target = random.Task();
        var points = random.Points(2);
        var known = random.Observations.Design.Points.Append(points);
        var closed = InformationGain.AboutFunction(model, target).At(points);
        var finite = InformationGain.AboutPoints(model, target, known).At(points);
        for (var i = 0; i < 2; i++)
        {
            Close.Equal(closed[i].CovarianceGivenTarget, finite[i].CovarianceGivenTarget, 1e-8, 1e-10);
            Close.Equal(closed[i].Gain(0, 1, 2), finite[i].Gain(0, 1, 2), 1e-8, 1e-10);
        }
    });

    [Fact]
    public void AboutPoints_FewerPoints_TellsLess()
    {
        var random = new RandomCase(22, count: 10, dimensions: 2, taskCount: 2);
        var asked = random.Points(3);
        var one = InformationGain.AboutPoints(random.Model(), 1, random.Points(1)).At(asked);
        var all = InformationGain.AboutFunction(random.Model(), 1).At(asked);
        Assert.All(Enumerable.Range(0, 3), i => Assert.True(one[i].Gain(0) <= all[i].Gain(0) + 1e-12));
    }

    [Fact]
    public void At_ManyPoints_EqualsOneAtATimeToTheLastBit()
    {
        var random = new RandomCase(23, count: 21, taskCount: 3);
        var points = random.Points(13);
        var gain = InformationGain.AboutFunction(random.Model(), 2);
        var together = gain.At(points).Select(point => point.Gain(0, 2)).ToArray();
        var alone = Enumerable.Range(0, 13).Select(i => gain.At(points.Select([i]))[0].Gain(0, 2)).ToArray();
        Assert.Equal(alone, together);
    }

    [Fact]
    public void AboutFunction_SingleTaskWithoutData_IsThePriorGain()
    {
        var model = new MultiTaskGp(Observations.None(1, 1), SquaredExponential.Instance, new Hyperparameters([1], [[1]], [0.25], [0]));
        Close.Equal(0.5 * Math.Log(5), InformationGain.AboutFunction(model, 0).At(new Points(1, [[0.3]]))[0].Gain(0), 1e-15);
    }

    [Fact]
    public void Gain_TaskTwice_ThrowsNamingIt()
    {
        var random = new RandomCase(1, taskCount: 2);
        var point = InformationGain.AboutFunction(random.Model(), 0).At(random.Points(1))[0];
        Assert.Contains("Expected distinct tasks, got task 1 twice.", Assert.Throws<ArgumentException>(() => point.Gain(1, 1)).Message);
        Assert.Contains("Expected a task in [0, 2), got 2.", Assert.Throws<ArgumentException>(() => point.Gain(2)).Message);
        Assert.Contains("got -1.", Assert.Throws<ArgumentException>(() => InformationGain.AboutFunction(random.Model(), -1)).Message);
    }

    /// <summary>The largest difference in gain between knowing f_m on a grid of the line and knowing it everywhere.</summary>
    private static double Error(MultiTaskGp model, Points points, int gridCount)
    {
        var grid = new Points(1, [.. Enumerable.Range(0, gridCount).Select(i => new[] { (i + 0.5) / gridCount })]);
        var closed = InformationGain.AboutFunction(model, 2).At(points);
        var finite = InformationGain.AboutPoints(model, 2, grid).At(points);
        return closed.Zip(finite).Max(pair => Math.Abs(pair.First.Gain(0, 1, 2) - pair.Second.Gain(0, 1, 2)));
    }
}
