using Bitcurve.Models.Quantization;
using Bitcurve.Models.Series;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Series;

public class SeriesExpansionTests
{
    // Kind, harmonics, extents: isotropic, anisotropic, one and three axes, kernels with an axis of one position.
    public static TheoryData<SeriesKind, int[], int[]> Cases => new()
    {
        { SeriesKind.Cosine, [2, 2], [3, 3] },
        { SeriesKind.Chebyshev, [2, 2], [3, 3] },
        { SeriesKind.Cosine, [3, 2], [3, 3] },
        { SeriesKind.Chebyshev, [1, 4], [2, 5] },
        { SeriesKind.Cosine, [4], [7] },
        { SeriesKind.Cosine, [2, 3, 1], [3, 4, 2] },
        { SeriesKind.Chebyshev, [1, 2, 2], [1, 3, 3] },
        { SeriesKind.Cosine, [5, 5], [7, 7] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Expand_AnyAxes_EqualsTheSumOverHarmonics(SeriesKind kind, int[] harmonics, int[] extents)
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(kind, harmonics, extents);
        var coefficients = SeriesReference.Normal(1, Shape(3, 5, harmonics));
        var basis = SeriesReference.Basis(kind, harmonics, extents);
        var (a, kernels) = (coefficients.data<float>().ToArray(), expansion.Expand(coefficients));

        Assert.Equal(Shape(3, 5, extents), kernels.shape);
        var values = kernels.data<float>().ToArray();
        var (positions, count) = (basis.GetLength(0), basis.GetLength(1));
        for (var filter = 0; filter < 15; filter++)
        {
            for (var p = 0; p < positions; p++)
            {
                var expected = 0.0;
                for (var q = 0; q < count; q++)
                {
                    expected += basis[p, q] * a[(filter * count) + q];
                }

                // A sum of at most 25 products of single precision, each below 5 in size.
                Assert.Equal(expected, values[(filter * positions) + p], 1e-5);
            }
        }
    }

    [Fact]
    public void Expand_EitherLayout_GivesTheSameKernelsWithChannelsInnermost()
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(SeriesKind.Cosine, [2, 3], [3, 5]);
        var plain = SeriesReference.Normal(2, 4, 6, 2, 3);
        var channelsInnermost = plain.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        var kernels = expansion.Expand(plain);

        Assert.Equal([3L * 5 * 6, 1, 5 * 6, 6], kernels.stride());
        Assert.Equal(kernels.stride(), expansion.Expand(channelsInnermost).stride());
        Assert.Equal(kernels.data<float>().ToArray(), expansion.Expand(channelsInnermost).data<float>().ToArray());
    }

    [Fact]
    public void Expand_AfterAnotherElementType_FollowsTheCoefficients()
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(SeriesKind.Chebyshev, [2, 2], [3, 3]);
        var coefficients = SeriesReference.Normal(3, 2, 2, 2, 2);
        var single = expansion.Expand(coefficients).data<float>().ToArray();
        var twofold = expansion.Expand(coefficients.to_type(ScalarType.Float64)).data<double>().ToArray();

        Assert.All(single.Zip(twofold), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Expand_Backward_EqualsFiniteDifferences(SeriesKind kind, int[] harmonics, int[] extents)
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(kind, harmonics, extents);
        var leaf = SeriesReference.Normal(4, Shape(2, 3, harmonics)).to_type(ScalarType.Float64).with_requires_grad();
        var target = SeriesReference.Normal(5, Shape(2, 3, extents)).to_type(ScalarType.Float64);
        Loss(expansion, leaf, target).backward();
        var gradient = leaf.grad!.data<double>().ToArray();
        var values = leaf.data<double>().ToArray();

        using var recording = no_grad();
        for (var k = 0; k < values.Length; k++)
        {
            // The loss is a quadratic, so the central difference has no error but rounding, 1e-16 / 1e-4 times the loss.
            const double Step = 1e-4;
            double At(double shift)
            {
                var moved = (double[])values.Clone();
                moved[k] += shift;
                return Loss(expansion, tensor(moved, leaf.shape), target).item<double>();
            }

            Assert.Equal((At(Step) - At(-Step)) / (2 * Step), gradient[k], 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Project_AnyAxes_SolvesTheNormalEquations(SeriesKind kind, int[] harmonics, int[] extents)
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(kind, harmonics, extents);
        var weight = SeriesReference.Normal(6, Shape(2, 3, extents));
        var coefficients = expansion.Project(weight);
        var basis = SeriesReference.Basis(kind, harmonics, extents);
        var (w, a) = (weight.data<float>().ToArray(), coefficients.data<float>().ToArray());
        var (positions, count) = (basis.GetLength(0), basis.GetLength(1));

        Assert.Equal(Shape(2, 3, harmonics), coefficients.shape);
        for (var filter = 0; filter < 6; filter++)
        {
            var expected = SeriesReference.LeastSquares(basis, [.. w.Skip(filter * positions).Take(positions).Select(v => (double)v)]);
            for (var q = 0; q < count; q++)
            {
                // Single precision of the result; the reference's normal equations square the condition.
                Assert.Equal(expected[q], a[(filter * count) + q], 1e-6 * Math.Max(1, Math.Abs(expected[q])));
            }
        }
    }

    [Theory]
    [InlineData(SeriesKind.Cosine, 3, 3)]
    [InlineData(SeriesKind.Chebyshev, 3, 3)]
    [InlineData(SeriesKind.Cosine, 5, 3)]
    [InlineData(SeriesKind.Chebyshev, 5, 5)]
    [InlineData(SeriesKind.Chebyshev, 7, 7)]
    public void Project_AllHarmonics_ReproducesTheKernels(SeriesKind kind, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(kind, [height, width], [height, width]);
        var weight = SeriesReference.Normal(7, 4, 8, height, width);
        var largest = (weight - expansion.Expand(expansion.Project(weight))).abs().max().item<float>();

        Assert.True(largest < 1e-5, $"largest difference {largest}");
    }

    [Theory]
    [InlineData(7, 1e-5)]
    [InlineData(9, 2e-4)]
    [InlineData(11, 1e-2)]
    public void Project_AllCosines_LosesWhatLargeCoefficientsRoundAway(int extent, double tolerance)
    {
        // Cosines on part of their period are nearly dependent: the coefficients grow by a factor of about 5 with every further position.
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(SeriesKind.Cosine, [extent, extent], [extent, extent]);
        var fit = SeriesFit.ClosedForm(expansion, SeriesReference.Normal(12, 4, 8, extent, extent));

        Assert.InRange(fit.RelativeError, 0, tolerance);
    }

    [Theory]
    [InlineData(SeriesKind.Cosine, 15)]
    [InlineData(SeriesKind.Cosine, 21)]
    [InlineData(SeriesKind.Cosine, 31)]
    [InlineData(SeriesKind.Chebyshev, 21)]
    [InlineData(SeriesKind.Chebyshev, 31)]
    public void Project_MoreHarmonicsThanSinglePrecisionHolds_IsNotWorseThanFewer(SeriesKind kind, int extent)
    {
        using var scope = NewDisposeScope();
        var weight = SeriesReference.Normal(13, 2, 3, extent, extent);
        double Error(int harmonics)
        {
            using var expansion = new SeriesExpansion(kind, [harmonics, harmonics], [extent, extent]);
            return SeriesFit.ClosedForm(expansion, weight).RelativeError;
        }

        Assert.InRange(Error(extent), 0, Error(extent / 2));
    }

    [Fact]
    public void Project_OfAnExpansion_ReturnsTheCoefficients()
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(SeriesKind.Cosine, [2, 3, 2], [3, 5, 3]);
        var coefficients = SeriesReference.Normal(8, 3, 4, 2, 3, 2).with_requires_grad();
        var back = expansion.Project(expansion.Expand(coefficients));

        Assert.False(back.requires_grad);
        Assert.True((coefficients - back).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void Expand_OfQuantizedCoefficients_GivesTheQuantizedLeafItsGradient()
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(SeriesKind.Cosine, [2, 2], [3, 3]);
        var coefficients = SeriesReference.Normal(9, 4, 40, 2, 2);
        var quantized = DsConv.Quantize(coefficients, 3, QuantizerOptions.Default).with_requires_grad();
        var upstream = SeriesReference.Normal(10, 4, 40, 3, 3);
        (expansion.Expand(quantized) * upstream).sum().backward();

        // d/da of sum(g . B a) = B^T g.
        var basis = SeriesReference.Basis(SeriesKind.Cosine, [2, 2], [3, 3]);
        var (g, gradient) = (upstream.data<float>().ToArray(), quantized.grad!.data<float>().ToArray());
        for (var k = 0; k < gradient.Length; k++)
        {
            var expected = Enumerable.Range(0, 9).Sum(p => basis[p, k % 4] * g[(k / 4 * 9) + p]);
            Assert.Equal(expected, gradient[k], 1e-5);
        }

        Assert.Equal(coefficients.shape, quantized.shape);
        Assert.True((coefficients - quantized).abs().max().item<float>() > 0.01, "3 bits must lose something");
    }

    [Fact]
    public void Expand_ManyTimes_KeepsNoTensorButItsMatrix()
    {
        using var scope = NewDisposeScope();
        var coefficients = SeriesReference.Normal(11, 2, 2, 2, 2);
        using var expansion = new SeriesExpansion(SeriesKind.Cosine, [2, 2], [3, 3]);
        using (var inner = NewDisposeScope())
        {
            Assert.Equal(36, expansion.Expand(coefficients).numel());
        }

        // The matrix was made in a scope that is gone, and still serves.
        Assert.Equal([2L, 2, 3, 3], expansion.Expand(coefficients).shape);
    }

    [Fact]
    public void Constructor_ImpossibleAxes_SaysExpectedAndActual()
    {
        static string Message(int[] harmonics, int[] extents) =>
            Assert.Throws<ArgumentException>(() => new SeriesExpansion(SeriesKind.Cosine, harmonics, extents)).Message;

        Assert.StartsWith("harmonics per axis: expected one to 3 kernel axes with one entry each, got 1 harmonics for 2 axes", Message([2], [3, 3]));
        Assert.StartsWith("harmonics per axis: expected one to 3 kernel axes with one entry each, got 4 harmonics for 4 axes", Message([1, 1, 1, 1], [1, 1, 1, 1]));
        Assert.StartsWith("harmonics per axis: expected one to 3 kernel axes with one entry each, got 0 harmonics for 0 axes", Message([], []));
        Assert.StartsWith("harmonics: expected 1 to 3 for kernel extent 3, got 4", Message([3, 4], [3, 3]));
        Assert.StartsWith("kernel extents: expected at most 4096 positions, got 17x17x17", Message([1, 1, 1], [17, 17, 17]));
    }

    [Fact]
    public void Expand_WrongShape_SaysBoth()
    {
        using var scope = NewDisposeScope();
        using var expansion = new SeriesExpansion(SeriesKind.Cosine, [2, 2], [3, 3]);

        Assert.StartsWith(
            "coefficients: expected shape O x C x 2 x 2, got 4 x 8 x 3 x 3",
            Assert.Throws<ArgumentException>(() => expansion.Expand(zeros([4, 8, 3, 3]))).Message);
        Assert.StartsWith(
            "weight: expected shape O x C x 3 x 3, got 4 x 8 x 3",
            Assert.Throws<ArgumentException>(() => expansion.Project(zeros([4, 8, 3]))).Message);
    }

    private static long[] Shape(long outputs, long channels, int[] extents) => [outputs, channels, .. extents.Select(extent => (long)extent)];

    private static Tensor Loss(SeriesExpansion expansion, Tensor coefficients, Tensor target)
    {
        var residual = expansion.Expand(coefficients) - target;
        return (residual * residual).sum();
    }
}
