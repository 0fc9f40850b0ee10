namespace Bitcurve.Gp.Tests;

public sealed class StationaryKernelTests
{
    [Fact]
    public void Covariance_SquaredExponentialByHand_Agrees() =>
        Close.Equal(Math.Exp(-0.5 * (4 + 1)), SquaredExponential.Instance.Covariance([0, 0], [1, 2], [0.5, 2]), 1e-15);

    [Fact]
    public void Covariance_Matern52ByHand_Agrees()
    {
        // r = 2: s = 2 sqrt 5.
        var s = 2 * Math.Sqrt(5);
        Close.Equal((1 + s + (20.0 / 3)) * Math.Exp(-s), Matern52.Instance.Covariance([0], [1], [0.5]), 1e-15);
    }

    [Theory]
    [InlineData(KernelKind.SquaredExponential)]
    [InlineData(KernelKind.Matern52)]
    public void Covariance_SamePoint_IsOne(KernelKind kind)
    {
        var kernel = StationaryKernel.Of(kind);
        Assert.Equal(kind, kernel.Kind);
        Assert.Equal(1, kernel.Covariance([0.3, 0.4], [0.3, 0.4], [0.1, 7]));
    }

    [Theory]
    [InlineData(KernelKind.SquaredExponential)]
    [InlineData(KernelKind.Matern52)]
    public void LengthscaleDerivative_RandomPoints_AgreesWithFiniteDifferences(KernelKind kind) => Seeds.ForAll(50, seed =>
    {
        var kernel = StationaryKernel.Of(kind);
        var random = new Random(seed);
        double[] x = [random.NextDouble(), random.NextDouble()], other = [random.NextDouble(), random.NextDouble()];
        double[] lengthscale = [0.1 + random.NextDouble(), 0.1 + random.NextDouble()];
        var derivative = kernel.LengthscaleDerivative(x, other, lengthscale);
        for (var k = 0; k < 2; k++)
        {
            var dimension = k;
            var difference =
                FiniteDifference.Central(value => kernel.Covariance(x, other, Replace(lengthscale, dimension, value)), lengthscale[k]);
            // Central differences of a function of order one: about eps^(2/3).
            Close.Equal(difference, derivative[k], 1e-6, 1e-8);
        }
    });

    [Theory]
    [InlineData(KernelKind.SquaredExponential)]
    [InlineData(KernelKind.Matern52)]
    public void Evaluate_ManyDistances_EqualsOneAtATime(KernelKind kind)
    {
        var kernel = StationaryKernel.Of(kind);
        double[] squared = [.. Enumerable.Range(0, 11).Select(i => 0.37 * i * i)];
        var value = new double[11];
        var slope = new double[11];
        kernel.Evaluate(squared, value, slope);
        for (var i = 0; i < 11; i++)
        {
            var distance = Math.Sqrt(squared[i]);
            Close.Equal(kernel.Covariance([0], [distance], [1]), value[i], 1e-14);
            // dk/d lengthscale = q r^2 at lengthscale 1.
            Close.Equal(kernel.LengthscaleDerivative([0], [distance], [1])[0], slope[i] * squared[i], 1e-14);
        }
    }

    [Fact]
    public void Covariance_OtherDimensions_ThrowsNamingThem()
    {
        var exception = Assert.Throws<ArgumentException>(() => SquaredExponential.Instance.Covariance([1], [1, 2], [1, 1]));
        Assert.Equal("Expected points of 2 dimensions, one per lengthscale, got 1 and 2.", exception.Message);
    }

    private static double[] Replace(double[] vector, int index, double value)
    {
        var copy = vector.ToArray();
        copy[index] = value;
        return copy;
    }
}
