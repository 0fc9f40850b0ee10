using Bitcurve.Models.Series;

namespace Bitcurve.Models.Tests.Series;

public class SeriesSchemeTests
{
    // The beginning of a residual network: stem, a 3x3 convolution, a 1x1 shortcut, and a 3D kernel for good measure.
    private static readonly KernelGeometry[] Kernels =
    [
        new("conv1", 64, 3, [7, 7], [2, 2]),
        new("layer1.conv1", 64, 64, [3, 3], [1, 1]),
        new("layer1.shortcut", 128, 64, [1, 1], [2, 2]),
        new("layer1.conv2", 128, 64, [1, 3, 3], [1, 2, 2]),
    ];

    [Theory]
    [InlineData("3,3,2,2")]
    [InlineData("3x2,3,1x3x3")]
    [InlineData("6")]
    public void Parse_Text_PrintsItBack(string text)
    {
        var scheme = SeriesScheme.Parse(SeriesKind.Chebyshev, text);

        Assert.Equal(text, scheme.ToString());
        Assert.Equal(SeriesKind.Chebyshev, scheme.Kind);
        Assert.Equal(scheme, SeriesScheme.Parse(SeriesKind.Chebyshev, scheme.ToString()));
        Assert.Equal(scheme.GetHashCode(), SeriesScheme.Parse(SeriesKind.Chebyshev, text).GetHashCode());
    }

    [Fact]
    public void Parse_Blanks_AreIgnored() => Assert.Equal("3x2,3", SeriesScheme.Parse(SeriesKind.Cosine, " 3 x 2, 3").ToString());

    [Fact]
    public void Equals_OtherKindOrHarmonics_IsFalse()
    {
        var scheme = SeriesScheme.Parse(SeriesKind.Cosine, "3,2");

        Assert.NotEqual(scheme, SeriesScheme.Parse(SeriesKind.Chebyshev, "3,2"));
        Assert.NotEqual(scheme, SeriesScheme.Parse(SeriesKind.Cosine, "2,3"));
        Assert.NotEqual(scheme, SeriesScheme.Parse(SeriesKind.Cosine, "3,2x2"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("3,,2", "")]
    [InlineData("3,0", "0")]
    [InlineData("3,-1", "-1")]
    [InlineData("3,2x", "2x")]
    [InlineData("3,two", "two")]
    [InlineData("3,99999999999", "99999999999")]
    public void Parse_NoHarmonics_NamesTheEntry(string text, string entry)
    {
        var error = Assert.Throws<ArgumentException>(() => SeriesScheme.Parse(SeriesKind.Cosine, text));

        Assert.StartsWith($"harmonics: expected counts of at least 1 such as 3 or 3x2, got '{entry}'", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Over_Kernels_GivesHarmonicsPerAxisAndSkipsTheRest()
    {
        var harmonics = SeriesScheme.Parse(SeriesKind.Cosine, "6x5,2,3").Over(Kernels);

        Assert.Equal([6, 5], harmonics[0]);
        Assert.Equal([2, 2], harmonics[1]);
        Assert.Null(harmonics[2]);

        // One number for a kernel with a short axis: all that the axis can have.
        Assert.Equal([1, 3, 3], harmonics[3]);
    }

    [Fact]
    public void StoredCount_Kernels_CountsCoefficientsAndUntouchedWeights()
    {
        var stored = SeriesScheme.Parse(SeriesKind.Cosine, "6x5,2,1x3x2").StoredCount(Kernels);

        Assert.Equal((64 * 3 * 30) + (64 * 64 * 4) + (128 * 64) + (128 * 64 * 6), stored);
        Assert.Equal(64 * 3 * 49, Kernels[0].WeightCount);
    }

    [Theory]
    [InlineData("6,2", "harmonics: expected 3 entries, one per compressible layer, got 2 (6,2)")]
    [InlineData("6,2,2,2", "harmonics: expected 3 entries, one per compressible layer, got 4 (6,2,2,2)")]
    [InlineData("8,2,2", "harmonics of layer 'conv1': expected 1 to 7 for its 7x7 kernel, got 8")]
    [InlineData("6,2x4,2", "harmonics of layer 'layer1.conv1': expected at most 3x3 for its 3x3 kernel, got 2x4")]
    [InlineData("6,2,2x2", "harmonics of layer 'layer1.conv2': expected 1 or 3 counts for its 1x3x3 kernel, got 2x2")]
    public void Over_SchemeOfAnotherNetwork_SaysExpectedAndActual(string text, string message)
    {
        var scheme = SeriesScheme.Parse(SeriesKind.Cosine, text);

        Assert.Equal(message, Assert.Throws<ArgumentException>(() => scheme.Over(Kernels)).Message);
    }

    [Theory]
    [InlineData(3, 1, true)]
    [InlineData(3, 2, true)]
    [InlineData(7, 2, true)]
    [InlineData(1, 1, false)]
    [InlineData(1, 2, false)]
    [InlineData(2, 1, false)]
    [InlineData(2, 2, false)]
    [InlineData(4, 4, false)]
    [InlineData(3, 3, false)]
    public void IsCompressible_Kernel_NeedsThreePositionsAndOverlap(int extent, int stride, bool expected)
    {
        Assert.Equal(expected, new KernelGeometry("conv", 8, 8, [extent, extent], [stride, stride]).IsCompressible);
    }

    // ResNet-18's compressible layers are the stem and sixteen 3x3 convolutions; thesis ch. 4, Table 2, counts harmonics per stage,
    // and parameters without batch norm: its percentages are of 11,679,912.
    [Theory]
    [InlineData("6,3,3,3,3", 11.68, 99.98)]
    [InlineData("6,3,3,3,2", 7.09, 60.70)]
    [InlineData("6,3,3,2,2", 5.94, 50.88)]
    [InlineData("6,3,2,2,2", 5.66, 48.43)]
    [InlineData("5,3,3,3,2", 7.09, 60.68)]
    [InlineData("5,3,3,2,2", 5.94, 50.86)]
    [InlineData("4,3,3,3,2", 7.09, 60.67)]
    [InlineData("4,3,3,2,2", 5.94, 50.85)]
    public void StoredCount_ResNet18_GivesTheThesissParameters(string perStage, double millions, double percent)
    {
        const int Classifier = (512 * 1000) + 1000;
        var kernels = ResNet18();
        var stages = perStage.Split(',');
        var perLayer = string.Join(',', stages[..1].Concat(stages[1..].SelectMany(stage => Enumerable.Repeat(stage, 4))));
        var stored = SeriesScheme.Parse(SeriesKind.Cosine, perLayer).StoredCount(kernels) + Classifier;
        var original = kernels.Sum(kernel => kernel.WeightCount) + Classifier;

        Assert.Equal(11_679_912, original);
        Assert.Equal(millions, Math.Round(stored / 1e6, 2));
        Assert.Equal(percent, Math.Round(100.0 * stored / original, 2));
    }

    private static List<KernelGeometry> ResNet18()
    {
        var kernels = new List<KernelGeometry> { new("conv1", 64, 3, [7, 7], [2, 2]) };
        var inputs = 64;
        foreach (var outputs in (int[])[64, 128, 256, 512])
        {
            for (var conv = 0; conv < 4; conv++)
            {
                kernels.Add(new($"{outputs}.{conv}", outputs, conv == 0 ? inputs : outputs, [3, 3], [conv == 0 && outputs > 64 ? 2 : 1, 1]));
            }

            if (outputs > 64)
            {
                kernels.Add(new($"{outputs}.shortcut", outputs, inputs, [1, 1], [2, 2]));
            }

            inputs = outputs;
        }

        return kernels;
    }
}
