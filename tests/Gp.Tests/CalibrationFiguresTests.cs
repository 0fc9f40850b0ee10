namespace Bitcurve.Gp.Tests;

public sealed class CalibrationFiguresTests
{
    [Fact]
    public void Of_KnownResiduals_CountsThem()
    {
        // Standardised residuals 0.5, -1, 1.6 and 2 of task 0; task 1 was never observed; 0.6 of task 2.
        LeftOut[] predictions = [Left(0, 0.5), Left(0, -1), Left(0, 1.6), Left(0, 2), Left(2, 0.6)];
        var figures = CalibrationFigures.Of(predictions, 3);

        Assert.Equal((4, 0.75, 0.25), (figures[0].Count, figures[0].Coverage90, figures[0].Coverage50));
        Close.Equal(Math.Sqrt((0.25 + 1 + 2.56 + 4) / 4), figures[0].RootMeanSquareResidual!.Value, 1e-12);
        Close.Equal(-0.5 * (Math.Log(2 * Math.PI * 4) + ((0.25 + 1 + 2.56 + 4) / 4)), figures[0].MeanLogDensity!.Value, 1e-12);
        Assert.Equal(new CalibrationFigures(1, 0, null, null, null, null), figures[1]);
        Assert.Equal((1, 1.0, 1.0), (figures[2].Count, figures[2].Coverage90, figures[2].Coverage50));
    }

    [Fact]
    public void Of_DataFromTheModelItself_IsCalibrated()
    {
        // Fifty draws of 30 values from one model: residuals within a group are dependent, groups of one nearly not.
        var random = new RandomCase(5, count: 30, dimensions: 2, taskCount: 2);
        var source = new StandardNormal(9);
        var predictions = Enumerable.Range(0, 50).SelectMany(_ => LeaveOneOut.Of(Drawn(random, source), [.. Enumerable.Range(0, 30)])).ToArray();
        var figures = CalibrationFigures.Of(predictions, 2);

        Assert.All(figures, task =>
        {
            // 1500 residuals over two tasks: the standard error of a coverage of 0.9 is about 0.012, of one of 0.5 about 0.02.
            Assert.InRange(task.Coverage90!.Value, 0.85, 0.95);
            Assert.InRange(task.Coverage50!.Value, 0.42, 0.58);
            Assert.InRange(task.RootMeanSquareResidual!.Value, 0.9, 1.1);
        });
    }

    [Fact]
    public void Of_ModelThatTrustsItselfTooMuch_CoversTooLittle()
    {
        var random = new RandomCase(5, count: 30, dimensions: 2, taskCount: 2);
        var source = new StandardNormal(9);
        var at = random.Hyperparameters;
        var overconfident = new Hyperparameters(
            at.Lengthscale, [.. at.CoregionalizationFactor.Select(row => row.Select(entry => 0.3 * entry).ToArray())],
            [.. at.NoiseVariance.Select(noise => 0.09 * noise)], at.Mean);
        var predictions = Enumerable.Range(0, 20)
            .SelectMany(_ => LeaveOneOut.Of(new MultiTaskGp(Drawn(random, source).Observations, random.Kernel, overconfident), [.. Enumerable.Range(0, 30)]));

        Assert.All(CalibrationFigures.Of([.. predictions], 2), task =>
        {
            Assert.InRange(task.Coverage90!.Value, 0.2, 0.6);
            Assert.InRange(task.RootMeanSquareResidual!.Value, 2.8, 3.9);
        });
    }

    private static LeftOut Left(int task, double standardized) => new(0, task, 10 + (2 * standardized), 10, 4);

    /// <summary>Values y = mu + L z with the covariance of the model's own observations.</summary>
    private static MultiTaskGp Drawn(RandomCase random, StandardNormal source)
    {
        var model = random.Model();
        var normal = source.Next(random.Observations.Count);
        var values = Enumerable.Range(0, normal.Length)
            .Select(i => random.Hyperparameters.Mean[random.Observations.Design.Tasks[i]]
                + Enumerable.Range(0, i + 1).Sum(j => model.Covariance.Factor[i, j] * normal[j]))
            .ToArray();
        return new MultiTaskGp(random.Observations.WithValues(values), random.Kernel, random.Hyperparameters);
    }
}
