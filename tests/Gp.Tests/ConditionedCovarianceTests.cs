namespace Bitcurve.Gp.Tests;

/// <summary>Few points are solved by substitution, many by a product with what was prepared once: both ways must agree.</summary>
public sealed class ConditionedCovarianceTests
{
    // Condition numbers up to about 1e4 against variances of order 1.
    private const double Tolerance = 1e-10;

    [Fact]
    public void AtEach_ManyPoints_EqualsSubstitutionForOne() => Seeds.ForAll(10, seed =>
    {
        var random = Large(seed);
        var points = random.SeenAndUnseen(150);
        var together = random.Model().Covariance.AtEach(points);
        foreach (var i in new[] { 0, 1, 17, 127, 128, 151 })
        {
            Close.Equal(AloneAt(random.Model(), points, i), together.At(i), 0, Tolerance);
        }
    });

    [Fact]
    public void AtEach_FewPointsAfterMany_TakesThePreparedWayToTheSame()
    {
        var random = Large(3);
        var points = random.SeenAndUnseen(150);
        var covariance = random.Model().Covariance;
        var before = covariance.At(points, 5);
        covariance.AtEach(points);
        Close.Equal(before, covariance.At(points, 5), 0, Tolerance);
    }

    [Fact]
    public void Variance_ManyPoints_EqualsTheDiagonalForOne() => Seeds.ForAll(10, seed =>
    {
        var random = Large(seed);
        var points = random.SeenAndUnseen(150);
        for (var task = 0; task < random.TaskCount; task++)
        {
            var together = random.Model().Covariance.Variance(points, task);
            foreach (var i in new[] { 0, 127, 128, 151 })
            {
                Close.Equal(AloneAt(random.Model(), points, i)[task, task], together[i], 0, Tolerance);
            }
        }
    });

    [Fact]
    public void JointCovariance_ManyPoints_EqualsThatOfTheirPairs()
    {
        var random = Large(6);
        var points = random.Points(60);
        var together = random.Model().At(points).JointCovariance(2);
        foreach (var (i, j) in new[] { (0, 1), (3, 59), (30, 31) })
        {
            var pair = random.Model().At(points.Select([i, j])).JointCovariance(2);
            Close.Equal(pair[1], together[(i * 60) + j], 0, Tolerance);
            Close.Equal(pair[3], together[(j * 60) + j], 0, Tolerance);
        }
    }

    [Fact]
    public void AtEach_AppendedDesign_EqualsConditioningOnAll() => Seeds.ForAll(10, seed =>
    {
        var random = Large(seed);
        var points = random.SeenAndUnseen(100);
        // Some of the new rows are at inputs seen before, so inputs and rows are numbered differently.
        var more = new Design(random.SeenAndUnseen(4), [0, 1, 2, 0, 1, 2], 3, [1, 0.5, 1, 0, 1, 2]);
        var appended = random.Model().Covariance.Append(more);
        var all = random.Observations.Design.Append(more);
        var direct = new MultiTaskGp(new Observations(all, new double[all.Count]), random.Kernel, random.Hyperparameters).Covariance;

        Assert.Equal(direct.Design.Count, appended.Design.Count);
        var (expected, actual) = (direct.AtEach(points), appended.AtEach(points));
        for (var i = 0; i < points.Count; i++)
        {
            Close.Equal(expected.At(i), actual.At(i), 0, Tolerance);
        }
    });

    [Fact]
    public void AtEach_Appended_FallsEverywhere()
    {
        var random = Large(8);
        var points = random.SeenAndUnseen(40);
        var (before, after) = (random.Model().Covariance, random.Model().Covariance.Append(new Design(random.Points(3), [0, 1, 2], 3)));
        var (wide, narrow) = (before.AtEach(points), after.AtEach(points));
        for (var i = 0; i < points.Count; i++)
        {
            Assert.All(Enumerable.Range(0, 3), task => Assert.True(narrow[i, task, task] <= wide[i, task, task] + Tolerance));
        }
    }

    [Fact]
    public void Append_Nothing_IsTheSame()
    {
        var covariance = Large(1).Model().Covariance;
        Assert.Same(covariance, covariance.Append(Design.Empty(4, 3)));
    }

    [Fact]
    public void InformationAt_ManyPointsWithPending_EqualsOneAtATime() => Seeds.ForAll(6, seed =>
    {
        var random = Large(seed);
        var pending = new Design(random.SeenAndUnseen(2), [2, 1, 0, 2], 3);
        var points = random.SeenAndUnseen(140);
        var known = new Points(4, [.. Enumerable.Range(0, 6).Select(random.Points(6).Row)]);
        foreach (var about in new[]
        {
            () => InformationGain.AboutFunction(random.Model(), 2, pending),
            () => InformationGain.AboutPoints(random.Model(), 2, known, pending),
        })
        {
            var together = about().At(points);
            foreach (var i in new[] { 0, 2, 127, 128, 141 })
            {
                Close.Equal(about().At(points.Select([i]))[0].Gain(0, 1, 2), together[i].Gain(0, 1, 2), 0, Tolerance);
            }
        }
    });

    /// <summary>Rows beyond one block of 96 and one batch of 128 points, so that every loop comes to its second turn.</summary>
    private static FeatureCase Large(int seed) => new(seed, inputs: 45, count: 130);

    private static double[,] AloneAt(MultiTaskGp fresh, Points points, int point) => fresh.Covariance.At(points, point);
}
