using Bitcurve.Models.Series;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Series;

public class SeriesFitTests
{
    [Fact]
    public void ClosedForm_ErrorsByHand_AreThoseOfTheCurvature()
    {
        using var scope = NewDisposeScope();

        // (1, -2, 1) is orthogonal to constants and lines, so nothing of it is left: mean square 2, relative error 1.
        using var expansion = new SeriesExpansion(SeriesKind.Chebyshev, [2], [3]);
        var fit = SeriesFit.ClosedForm(expansion, tensor([1f, -2f, 1f], [1, 1, 3]));

        Assert.Equal(2, fit.MeanSquaredError, 1e-6);
        Assert.Equal(1, fit.RelativeError, 1e-6);
        Assert.All(fit.Coefficients.data<float>(), value => Assert.Equal(0, value, 1e-6f));
    }

    [Theory]
    [InlineData(SeriesKind.Cosine)]
    [InlineData(SeriesKind.Chebyshev)]
    public void ClosedForm_AnyOtherCoefficients_AreWorse(SeriesKind kind)
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(kind, [2, 3], [3, 5]);
        var weight = SeriesReference.Normal(1, 4, 8, 3, 5);
        var best = SeriesFit.ClosedForm(expansion, weight);
        for (var trial = 0; trial < 20; trial++)
        {
            var other = best.Coefficients + SeriesReference.Normal(100 + trial, best.Coefficients.shape).mul_(0.01);
            var residual = weight - expansion.Expand(other);
            Assert.True((residual * residual).mean().item<float>() > best.MeanSquaredError);
        }
    }

    [Fact]
    public void Errors_BothSeriesOnThreePositions_AreTheSame()
    {
        // cos x at 0.2 pi, 0.5 pi, 0.8 pi is proportional to -1, 0, 1: with two harmonics both series span the same kernels.
        using var scope = NewDisposeScope();
        var weight = SeriesReference.Normal(2, 16, 16, 3, 3);
        using var cosine = new SeriesExpansion(SeriesKind.Cosine, [2, 2], [3, 3]);
        using var chebyshev = new SeriesExpansion(SeriesKind.Chebyshev, [2, 2], [3, 3]);

        Assert.Equal(SeriesFit.ClosedForm(cosine, weight).RelativeError, SeriesFit.ClosedForm(chebyshev, weight).RelativeError, 1e-6);
    }

    // The schedule's own property: on a quadratic of moderate condition 600 steps of Adam end where the closed form is.
    [Theory]
    [InlineData(SeriesKind.Cosine, SeriesFitStart.Thesis)]
    [InlineData(SeriesKind.Cosine, SeriesFitStart.ClosedForm)]
    [InlineData(SeriesKind.Chebyshev, SeriesFitStart.Thesis)]
    [InlineData(SeriesKind.Chebyshev, SeriesFitStart.ClosedForm)]
    public void GradientFit_RandomFilters_ReachesTheClosedForm(SeriesKind kind, SeriesFitStart start)
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(kind, [2, 2], [3, 3]);
        var weight = SeriesReference.Normal(3, 16, 32, 3, 3).mul_(0.1);
        var best = SeriesFit.ClosedForm(expansion, weight);
        var fit = SeriesFit.GradientFit(expansion, weight, new SeriesFitOptions(start, Seed: 7));

        Assert.InRange(fit.MeanSquaredError / best.MeanSquaredError, 1 - 1e-6, 1 + 1e-3);
        Assert.Equal(best.Coefficients.shape, fit.Coefficients.shape);
        Assert.False(fit.Coefficients.requires_grad);
    }

    [Fact]
    public void GradientFit_FewSteps_FollowsAdamOnEquationFive()
    {
        using var scope = NewDisposeScope();
        int[] harmonics = [2, 3], extents = [3, 4];
        using var expansion = new SeriesExpansion(SeriesKind.Cosine, harmonics, extents);
        var weight = SeriesReference.Normal(4, 1, 1, 3, 4);
        var options = new SeriesFitOptions(StepsPerRate: 8) { LearningRates = [0.1, 0.02] };
        var fit = SeriesFit.GradientFit(expansion, weight, options);

        // Not from the Chebyshev start: its first gradient of the mean is zero but for rounding, which Adam magnifies.
        var start = SeriesFit.GradientFit(expansion, weight, options with { StepsPerRate = 0 }).Coefficients;
        var expected = Adam(SeriesReference.Basis(SeriesKind.Cosine, harmonics, extents), Doubles(weight), Doubles(start), options);
        Assert.All(expected.Zip(fit.Coefficients.data<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void GradientFit_NoSteps_IsTheThesissChebyshevStart()
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(SeriesKind.Chebyshev, [2, 2], [3, 3]);
        var weight = SeriesReference.Normal(5, 3, 2, 3, 3);
        var start = SeriesFit.GradientFit(expansion, weight, new SeriesFitOptions(StepsPerRate: 0)).Coefficients.data<float>().ToArray();
        var values = weight.data<float>().ToArray();
        for (var filter = 0; filter < 6; filter++)
        {
            Assert.Equal(values.Skip(filter * 9).Take(9).Average(), start[filter * 4], 1e-6f);
            Assert.Equal([0f, 0f, 0f], start.Skip((filter * 4) + 1).Take(3));
        }
    }

    [Fact]
    public void GradientFit_NoSteps_IsTheThesissCosineStart()
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(SeriesKind.Cosine, [2, 2], [3, 3]);
        var weight = SeriesReference.Normal(6, 64, 16, 3, 3);
        float[] Start(long seed, long layer) =>
            [.. SeriesFit.GradientFit(expansion, weight, new SeriesFitOptions(StepsPerRate: 0, Seed: seed), layer).Coefficients.data<float>()];
        var start = Start(1, 0);

        // 4,096 numbers of variance 1 / (16 x 9): the sample variance's standard error is sqrt(2 / 4096) = 2.2 % of it.
        Assert.Equal(1.0 / (16 * 9), start.Average(value => (double)value * value), 0.1 / (16 * 9));
        Assert.Equal(start, Start(1, 0));
        Assert.NotEqual(start, Start(1, 1));
        Assert.NotEqual(start, Start(2, 0));
    }

    [Fact]
    public void GradientFit_ThreeDimensionalKernel_ReachesTheClosedForm()
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(SeriesKind.Chebyshev, [2, 3, 2], [3, 3, 3]);
        var weight = SeriesReference.Normal(7, 4, 4, 3, 3, 3).mul_(0.1);

        Assert.InRange(
            SeriesFit.GradientFit(expansion, weight, SeriesFitOptions.Default).MeanSquaredError / SeriesFit.ClosedForm(expansion, weight).MeanSquaredError,
            1 - 1e-6,
            1 + 1e-3);
    }

    [Fact]
    public void ClosedForm_ZeroWeight_HasNoError()
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(SeriesKind.Cosine, [2, 2], [3, 3]);
        var fit = SeriesFit.ClosedForm(expansion, zeros([2, 2, 3, 3]));

        Assert.Equal((0, 0), (fit.MeanSquaredError, fit.RelativeError));
    }

    [Fact]
    public void Fit_WeightThatIsNotFinite_SaysSo()
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(SeriesKind.Cosine, [1], [3]);
        var weight = tensor([1f, float.NaN, 0f], [1, 1, 3]);

        Assert.StartsWith("weight: expected finite values", Assert.Throws<ArgumentException>(() => SeriesFit.ClosedForm(expansion, weight)).Message);
        Assert.StartsWith(
            "weight: expected finite values",
            Assert.Throws<ArgumentException>(() => SeriesFit.GradientFit(expansion, weight, SeriesFitOptions.Default)).Message);
    }

    [Fact]
    public void GradientFit_ImpossibleOptions_SayWhich()
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(SeriesKind.Cosine, [1], [3]);
        string Message(SeriesFitOptions options) =>
            Assert.Throws<ArgumentException>(() => SeriesFit.GradientFit(expansion, ones([1, 1, 3]), options)).Message;

        Assert.Equal("StepsPerRate: expected at least 0, got -1", Message(new SeriesFitOptions(StepsPerRate: -1)));
        Assert.Equal("LearningRates: expected positive finite numbers, got 0", Message(SeriesFitOptions.Default with { LearningRates = [0.1, 0] }));
    }

    private static double[] Doubles(Tensor values) => [.. values.data<float>().Select(value => (double)value)];

    // Kingma and Ba, algorithm 1, on the gradient of eq. 5 written out.
    private static double[] Adam(double[,] basis, double[] weight, double[] a, SeriesFitOptions options)
    {
        var (positions, count) = (basis.GetLength(0), basis.GetLength(1));
        double[] first = new double[count], second = new double[count];
        var step = 0;
        foreach (var rate in options.LearningRates.SelectMany(rate => Enumerable.Repeat(rate, options.StepsPerRate)))
        {
            step++;
            var residual = Enumerable.Range(0, positions).Select(p => Enumerable.Range(0, count).Sum(q => basis[p, q] * a[q]) - weight[p]).ToArray();
            for (var q = 0; q < count; q++)
            {
                var gradient = 2.0 / positions * Enumerable.Range(0, positions).Sum(p => residual[p] * basis[p, q]);
                first[q] = (0.9 * first[q]) + (0.1 * gradient);
                second[q] = (0.999 * second[q]) + (0.001 * gradient * gradient);
                a[q] -= rate * first[q] / (1 - Math.Pow(0.9, step)) / (Math.Sqrt(second[q] / (1 - Math.Pow(0.999, step))) + 1e-8);
            }
        }

        return a;
    }
}
