namespace Bitcurve.Gp.Tests;

/// <summary>
/// The closed form (a Schur complement in place of the whole target function) against its definition, with features and nugget as well.
/// </summary>
public sealed class InformationIdentityTests
{
    [Fact]
    public void AboutFunction_FeaturesAndNugget_IsKnowingTheTargetWhereverItMatters() => Seeds.ForAll(20, seed =>
    {
        // Given f_m at the inputs observed and asked, f_m elsewhere says nothing more about the other tasks: finitely many points are
        // everything, however peculiar a nugget makes each of them.
        var random = new FeatureCase(seed);
        var target = random.Task();
        var asked = random.SeenAndUnseen(2);
        var known = DistinctInputs.Of(random.Observations.Design.Points.Append(asked).Append(random.Points(3))).Points;
        var closed = InformationGain.AboutFunction(random.Model(), target).At(asked);
        var finite = InformationGain.AboutPoints(random.Model(), target, known).At(asked);
        for (var i = 0; i < asked.Count; i++)
        {
            // Noiseless rows at neighbouring points: condition numbers up to 1e5 or so.
            Close.Equal(closed[i].CovarianceGivenTarget, finite[i].CovarianceGivenTarget, 1e-7, 1e-8);
            Close.Equal(closed[i].Gain(0, 1, 2), finite[i].Gain(0, 1, 2), 1e-7, 1e-8);
            Close.Equal(closed[i].Gain((target + 1) % 3), finite[i].Gain((target + 1) % 3), 1e-7, 1e-8);
        }
    });

    [Fact]
    public void AboutFunction_LinearFeature_IsTheLimitOfEverFinerGrids()
    {
        // One input in [0,1] that is its own feature; a Matern 5/2 function of lengthscale 0.4 between 40 points is known to about 1e-6.
        var at = new Hyperparameters([0.4], [[1, 0], [0.8, 0.5]], [0.05, 0.02], [0, 0], [1.5]);
        Points Line(IEnumerable<double> places) => new(2, [.. places.Select(x => new[] { x, x - 0.5 })]);
        var observations = new Observations(new Design(Line([0.1, 0.35, 0.8]), [0, 1, 0], 2), [0.2, -0.5, 0.7]);
        var model = new MultiTaskGp(observations, Matern52.Instance, at);
        var asked = Line([0.22, 0.61]);
        var closed = InformationGain.AboutFunction(model, 1).At(asked);
        double Error(int count)
        {
            var grid = Line(Enumerable.Range(0, count).Select(i => (i + 0.5) / count));
            var finite = InformationGain.AboutPoints(model, 1, grid).At(asked);
            return Enumerable.Range(0, 2).Max(i => Math.Abs(closed[i].Gain(0, 1) - finite[i].Gain(0, 1)));
        }
        double[] errors = [Error(3), Error(10), Error(40)];

        Assert.True(errors[0] > errors[1] && errors[1] > errors[2], string.Join(", ", errors));
        Assert.True(errors[2] < 1e-3, string.Join(", ", errors));
    }

    [Fact]
    public void AboutFunction_Nugget_IsNotReachedFromNeighbours()
    {
        // What is peculiar to an input can't be told from the target's values beside it, only from those at it.
        var at = new Hyperparameters([0.5], [[1, 0], [0.8, 0.5]], [0.01, 0.01], [0, 0], [], 0.3);
        var model = new MultiTaskGp(Observations.None(1, 2), SquaredExponential.Instance, at);
        var asked = new Points(1, [[0.5]]);
        var beside = new Points(1, [.. Enumerable.Range(0, 30).Select(i => new[] { (i + 0.25) / 30 })]);
        var closed = InformationGain.AboutFunction(model, 1).At(asked)[0].Gain(1);
        var neighbours = InformationGain.AboutPoints(model, 1, beside).At(asked)[0].Gain(1);

        Close.Equal(0.5 * Math.Log(1 + (1.3 * 0.89 / 0.01)), closed, 1e-12);
        Assert.True(neighbours < closed - 1, $"{neighbours}, {closed}");
        Close.Equal(closed, InformationGain.AboutPoints(model, 1, beside.Append(asked)).At(asked)[0].Gain(1), 1e-9);
    }
}
