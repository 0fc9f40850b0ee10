using Bitcurve.Search.Selection;
using Bitcurve.Search.Space;
using Bitcurve.Search.Tests.Space;

namespace Bitcurve.Search.Tests.Selection;

public sealed class ModelInputTests
{
    private static readonly CurveSpace Bits = CurveSpace.Parse("bezier:2", 5);

    private static readonly CurveSpace Harmonics = CurveSpace.Parse("harmonics:bezier:2", Kernels.Mixed);

    private static readonly CurveSpace Joint = CurveSpace.Parse("joint:bezier:2", Kernels.Mixed);

    [Fact]
    public void KernelInput_Bits_IsTheCurveAndTheQuantisationSteps() =>
        Assert.Equal([1, 0.75, 0.5, 0.25, 0, 1 / 128.0, 1 / 64.0, 1 / 16.0, 1 / 4.0, 1], new KernelInput("curve-noise", Bits).Of([1, 0])); // 87531

    [Fact]
    public void KernelInput_Harmonics_IsTheCurveAndWhatIsDropped()
    {
        double[] point = new KernelInput("curve-noise", Harmonics).Of([0.9, 0.3]); // 73122; the 1x1 layer has no choice.
        double[] expected = [0.9, 0.75, 0, 0.45, 0.3, 0, 0, 0, 5 / 9.0, 5 / 9.0];

        Assert.All(expected.Zip(point), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal(expected.Length, point.Length);
    }

    [Theory]
    [InlineData("w", 4)]
    [InlineData("curve", 10)]
    [InlineData("curve-noise", 20)]
    public void KernelInput_TwoCurves_HasAGroupForEach(string name, int dimensions)
    {
        var input = new KernelInput(name, Joint);

        Assert.Equal(dimensions, input.Dimensions);
        Assert.Equal(dimensions, input.Of([0.1, 0.9, 0.4, 0.6]).Length);
    }

    [Fact]
    public void MeanFeatures_TwoCurves_AreThoseOfEachBesideTheConstant()
    {
        double[] joint = new MeanFeatures("bits-depth", Joint).Of([1, 0, 0.9, 0.3]);
        double[] bits = new MeanFeatures("bits-depth", Bits).Of([1, 0]);
        double[] harmonics = new MeanFeatures("bits-depth", Harmonics).Of([0.9, 0.3]);

        Assert.Equal([.. bits, .. harmonics[1..]], joint);

        // 73122 of 73133: dropped 0, 0, 0, 5/9, 5/9; kept 1, 1, 1, 2/3, 2/3.
        Assert.Equal(2 * (10 / 9.0) / 5, harmonics[1], 1e-12);
        Assert.Equal((2 * (13 / 3.0) / 5) - 1, harmonics[2], 1e-12);
        Assert.Equal(9, new MeanFeatures("bits-depth", Joint).Count);
        Assert.Equal(5, new MeanFeatures("bits", Joint).Count);
        Assert.Empty(new MeanFeatures("none", Joint).Of([1, 0, 0.9, 0.3]));
    }
}
