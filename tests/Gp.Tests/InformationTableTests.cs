namespace Bitcurve.Gp.Tests;

public sealed class InformationTableTests
{
    [Fact]
    public void Gain_EverySet_EqualsTheDeterminantsOfAnotherLibrary() => Seeds.ForAll(25, seed =>
    {
        var random = new FeatureCase(seed, taskCount: 4);
        var table = InformationGain.AboutFunction(random.Model(), random.Task()).At(random.SeenAndUnseen(2));
        for (var point = 0; point < table.Count; point++)
        {
            foreach (var tasks in EverySet(4))
            {
                var expected = DenseModel.Gain(
                    table[point].Covariance, table[point].CovarianceGivenTarget, random.Hyperparameters.NoiseVariance, tasks);
                // Differences of two logarithms of order 1 to 10.
                Close.Equal(expected, table.Gain(point, tasks), 1e-10, 1e-12);
            }
        }
    });

    [Fact]
    public void GainOfEverySet_RandomCases_EqualsGainOfEachSet() => Seeds.ForAll(25, seed =>
    {
        var random = new FeatureCase(seed, taskCount: 4);
        var table = InformationGain.AboutFunction(random.Model(), random.Task()).At(random.SeenAndUnseen(1));
        var gains = new double[16];
        for (var point = 0; point < table.Count; point++)
        {
            table.GainOfEverySet(point, gains);
            var set = 0;
            foreach (var tasks in EverySet(4))
            {
                // Sets are listed by their bits, so the counter is the entry. The same pivots, multiplied and divided in another order.
                Close.Equal(table.Gain(point, tasks), gains[set++], 1e-13, 1e-14);
            }
        }
    });

    [Fact]
    public void GainsOfEverySet_AnyNumberOfPoints_EqualsThoseOfEachPoint() => Seeds.ForAll(12, seed =>
    {
        var random = new FeatureCase(seed, taskCount: 3);
        // Points are handled several at a time; the last few are what could go wrong.
        var table = InformationGain.AboutFunction(random.Model(), random.Task()).At(random.Points(1 + (seed % 11)));
        var all = table.GainsOfEverySet();
        var gains = new double[8];

        Assert.Equal(8 * table.Count, all.Length);
        for (var point = 0; point < table.Count; point++)
        {
            table.GainOfEverySet(point, gains);
            Assert.Equal(gains, all.AsSpan(8 * point, 8).ToArray());
        }
    });

    [Fact]
    public void Gain_TasksInAnyOrder_IsTheSame() => Seeds.ForAll(25, seed =>
    {
        var random = new FeatureCase(seed, taskCount: 4);
        var table = InformationGain.AboutFunction(random.Model(), random.Task()).At(random.Points(1));
        int[] order = [0, 1, 2, 3];
        new Random(seed).Shuffle(order);
        Close.Equal(table.Gain(0, 0, 1, 2, 3), table.Gain(0, order), 1e-11, 1e-13);
        Close.Equal(table.Gain(0, order[0], order[1]), table.Gain(0, order[1], order[0]), 1e-11, 1e-13);
    });

    [Fact]
    public void Gain_NoTasks_IsZero() => Assert.Equal(0, Noiseless().Gain(0));

    [Fact]
    public void Gain_NoiselessTargetOnceItIsKnown_ThrowsTyped()
    {
        // A measurement without noise of what is known exactly has no density: there is no number of nats to report.
        var exception = Assert.Throws<NotPositiveDefiniteException>(() => Noiseless().Gain(0, 0, 1));
        Assert.Equal(2, exception.Size);
        Assert.Throws<NotPositiveDefiniteException>(() => Noiseless().GainOfEverySet(0, new double[4]));
    }

    [Fact]
    public void Gain_NoisyTaskBesideANoiselessOne_IsFinite() => Assert.True(Noiseless().Gain(0, 0) > 0);

    [Fact]
    public void Indexer_EnumeratedOrByNumber_AreTheSamePoints()
    {
        var random = new FeatureCase(2);
        IReadOnlyList<PointInformation> table = InformationGain.AboutFunction(random.Model(), 0).At(random.Points(3));
        Assert.Equal(3, table.Count);
        Assert.Equal([table[0].Gain(1, 2), table[1].Gain(1, 2), table[2].Gain(1, 2)], table.Select(point => point.Gain(1, 2)));
    }

    [Fact]
    public void GainOfEverySet_TooLittleRoomOrTooManyTasks_Throws()
    {
        var random = new FeatureCase(2);
        var table = InformationGain.AboutFunction(random.Model(), 0).At(random.Points(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => table.GainOfEverySet(0, new double[7]));

        const int many = InformationTable.MostTasksForAllSets + 1;
        double[][] factor = [.. Enumerable.Range(0, many).Select(a => Enumerable.Range(0, many).Select(b => a == b ? 1.0 : 0).ToArray())];
        var noise = Enumerable.Repeat(0.1, many).ToArray();
        var model = new MultiTaskGp(Observations.None(1, many), Matern52.Instance, new Hyperparameters([1], factor, noise, new double[many]));
        var wide = InformationGain.AboutFunction(model, 0).At(new Points(1, [[0.5]]));
        var exception = Assert.Throws<InvalidOperationException>(() => wide.GainOfEverySet(0, new double[1 << many]));
        Assert.Contains("Expected at most 10 tasks for all sets, actual 11.", exception.Message);
        // One set at a time is not limited: only the target tells about the target when tasks are independent.
        Close.Equal(0.5 * Math.Log(11), wide.Gain(0, [.. Enumerable.Range(0, many)]), 1e-12);
    }

    /// <summary>Target 1 has no noise, task 0 has.</summary>
    private static InformationTable Noiseless()
    {
        var at = new Hyperparameters([1], [[1, 0], [0.9, 0.4]], [0.1, 0], [0, 0]);
        return InformationGain.AboutFunction(new MultiTaskGp(Observations.None(1, 2), Matern52.Instance, at), 1).At(new Points(1, [[0.5]]));
    }

    /// <summary>All sets of m tasks, in the order of their bits.</summary>
    private static IEnumerable<int[]> EverySet(int taskCount) => Enumerable.Range(0, 1 << taskCount)
        .Select(set => Enumerable.Range(0, taskCount).Where(task => (set >> task) % 2 == 1).ToArray());
}
