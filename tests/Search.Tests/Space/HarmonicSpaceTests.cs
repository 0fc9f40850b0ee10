using Bitcurve.Search.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Space;

public sealed class HarmonicSpaceTests
{
    private static readonly CurveSpace Harmonics = CurveSpace.Parse("harmonics:bezier:2", Kernels.Mixed);

    private static readonly CurveSpace Joint = CurveSpace.Parse("joint:bezier:2", Kernels.Mixed);

    [Theory]
    [InlineData("harmonics:bezier:2", CurveSubject.Harmonics, 2, 5)]
    [InlineData("harmonics:chebyshev:3:half", CurveSubject.Harmonics, 3, 5)]
    [InlineData("joint:bezier:2", CurveSubject.Both, 4, 10)]
    [InlineData("joint:chebyshev:4", CurveSubject.Both, 8, 10)]
    public void Parse_KnownText_ReadsAndPrintsIt(string text, CurveSubject subject, int parameters, int entries)
    {
        CurveSpace space = CurveSpace.Parse(text, Kernels.Mixed);

        Assert.Equal((subject, parameters, entries), (space.Subject, space.Parameters, space.Entries));
        Assert.Equal(text, space.ToString());
    }

    [Fact]
    public void Parse_BitsNamed_IsTheSpaceOfBits() =>
        Assert.Equal(CurveSpace.Parse("bezier:2", 5), CurveSpace.Parse("bits:bezier:2", Kernels.Mixed));

    [Theory]
    [InlineData("joint:bezier:5", "Space dimension: expected an integer in 1..4, actual '5'.")]
    [InlineData("harmonics:spline:2", "Space kind: expected bezier or chebyshev, actual 'spline'.")]
    [InlineData("harmonics", "Space: expected kind:dimension such as 'bezier:2', actual 'harmonics'.")]
    public void Parse_BadText_SaysExpectedAndActual(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => CurveSpace.Parse(text, Kernels.Mixed)).Message);

    [Fact]
    public void Parse_HarmonicsWithoutKernels_SaysWhatIsExpected() => Assert.StartsWith(
        "Space: expected one of bit-widths such as 'bezier:2', actual 'harmonics:bezier:2'.",
        Assert.Throws<ArgumentException>(() => CurveSpace.Parse("harmonics:bezier:2", 5)).Message);

    [Fact]
    public void Parse_KernelsThatCannotBeSearched_NamesTheLayer()
    {
        Assert.StartsWith(
            "Harmonics: expected kernels of at most 8 along an axis, actual 11 in stem.",
            Assert.Throws<ArgumentException>(() => CurveSpace.Parse("harmonics:bezier:2", [new LayerDescription("stem", [8, 3, 11, 11], 1)])).Message);
        Assert.StartsWith(
            "Harmonics: expected at least one layer with a kernel larger than 1 to compress, actual none.",
            Assert.Throws<ArgumentException>(() => CurveSpace.Parse(
                "joint:bezier:2", [new LayerDescription("point", [8, 3, 1, 1], 1), new LayerDescription("stem", [8, 3, 4, 4], 1, KeepsKernel: true)])).Message);
    }

    [Fact]
    public void Constructor_LimitsOfAnotherNumberOfLayers_Throws() => Assert.StartsWith(
        "Limits of harmonics: expected one per layer where harmonics are searched (2), actual 1 and 1.",
        Assert.Throws<ArgumentException>(() => new CurveSpace(
            CurveKind.Bezier, 2, 2, 1, 3, Subject: CurveSubject.Harmonics, LowestHarmonics: BitVector.Parse("1"), HighestHarmonics: BitVector.Parse("3"))).Message);

    [Theory]
    [InlineData(0.5, 0, "52111")] // p = 0.5, 0.375, ... 0: 7 p + 1 = 4.5, 3 p + 1 = 2.125, and 1.375 and 1.
    [InlineData(0.9, 0.3, "73122")] // p = 0.9, 0.75, 0.6, 0.45, 0.3: 7.3, 3.25, -, 2.35, 1.9.
    [InlineData(1, 1, "73133")]
    [InlineData(0, 0, "11111")]
    public void LevelsAt_MixedKernels_StayWithinEachKernel(double first, double last, string levels) =>
        Assert.Equal(levels, Harmonics.BitsAt([first, last]).ToString());

    [Fact]
    public void LevelsAt_TwoCurves_AreBitsThenHarmonics()
    {
        // Bits: 8 p + 1 = 9, 7, 5, 3, 1 with 9 clamped.
        BitVector levels = Joint.BitsAt([1, 0, 0.5, 0]);

        Assert.Equal("87531/52111", LevelText.Of(Joint.Subject, levels));
        Assert.Equal(levels, BitVector.Parse("87531/52111"));
    }

    [Fact]
    public void LevelsAt_LayerThatKeepsItsKernel_HasAllItsHarmonics()
    {
        CurveSpace space = CurveSpace.Parse("harmonics:bezier:2", Kernels.ConvNextDepthwise);

        Assert.Equal("4" + new string('1', 18), space.BitsAt([0, 0]).ToString());
        Assert.Equal("4" + new string('7', 18), space.BitsAt([1, 1]).ToString());
        Assert.Equal((7, 1), (space.MaximumBits, space.MinimumBits));
    }

    [Fact]
    public void LevelsAt_AnisotropicKernel_GoUpToItsLargestExtent() => Assert.Equal(
        "4", CurveSpace.Parse("harmonics:bezier:2", [new LayerDescription("conv", [8, 3, 4, 3, 3], 1)]).BitsAt([1, 1]).ToString());

    [Fact]
    public void UniformNetworks_MixedKernels_HaveAsManyHarmonicsAsEachKernelCan()
    {
        Assert.Equal(
            ["11111", "22122", "33133", "43133", "53133", "63133", "73133"],
            Harmonics.UniformNetworks().Select(uniform => uniform.Levels.ToString()));
        Assert.Equal(
            ["11111/73133", "88888/73133"],
            Joint.UniformNetworks().Where(uniform => uniform.Level is 1 or 8).Select(uniform => LevelText.Of(CurveSubject.Both, uniform.Levels)));
    }

    [Theory]
    [InlineData("harmonics:bezier:2")]
    [InlineData("harmonics:chebyshev:3")]
    [InlineData("joint:bezier:3")]
    [InlineData("joint:chebyshev:2")]
    public void UniformParameters_HighestLevel_IsTheUncompressedNetwork(string text)
    {
        CurveSpace space = CurveSpace.Parse(text, Kernels.Mixed);
        int[] highest = [.. Enumerable.Range(0, space.Entries).Select(entry => space.Range(entry).Highest)];

        Assert.Equal(highest, space.LevelsAt(space.UniformParameters(space.MaximumBits)!));
    }

    [Fact]
    public void Reversed_EachCurve_IsTurnedWithinItsOwnLimits()
    {
        // 7 3 . 2 2 backwards is 2 2 . 3 7, and a 3x3 kernel has 3 at most.
        Assert.Equal("22133", Harmonics.Reversed(BitVector.Parse("73122")).ToString());
        Assert.Equal("13578/11123", LevelText.Of(CurveSubject.Both, Joint.Reversed(BitVector.Parse("87531/52111"))));
        Assert.Equal("12345", CurveSpace.Parse("bezier:2", 5).Reversed(BitVector.Parse("54321")).ToString());
    }

    [Fact]
    public void Candidates_ResNet18_AreWithinItsKernels()
    {
        CurveSpace space = CurveSpace.Parse("harmonics:bezier:2", Kernels.ResNet18);
        IReadOnlyList<Candidate> candidates = Candidates.Of(space);

        Assert.Equal("73333331333313333133", space.HighestHarmonics.ToString());
        Assert.Equal(240, candidates.Count);
        Assert.Contains(candidates, candidate => candidate.Bits == space.HighestHarmonics);
        Assert.Contains(candidates, candidate => candidate.Bits == BitVector.Uniform(1, 20));
        Assert.All(candidates, candidate => Assert.Equal(candidate.Bits, space.BitsAt(candidate.W)));
        Assert.All(candidates, candidate => Assert.All(
            Enumerable.Range(0, 20), layer => Assert.InRange(candidate.Bits[layer], 1, space.HighestHarmonics!.Value[layer])));
    }

    [Fact]
    public void Candidates_EightSquareKernels_AreThoseOfAFinerGrid()
    {
        CurveSpace space = CurveSpace.Parse("harmonics:bezier:2", Vgg8.Layers);

        Assert.Equal(51, Candidates.Of(space).Count);
        Assert.Equal(51, Candidates.Of(space, 401).Count);
    }

    [Fact]
    public void Candidates_TwoCurves_AreDistinctAndHoldTheUniformNetworks()
    {
        IReadOnlyList<Candidate> candidates = Candidates.Of(Joint, sequencePoints: 2000);
        HashSet<BitVector> found = [.. candidates.Select(candidate => candidate.Bits)];

        Assert.Equal(candidates.Count, found.Count);
        Assert.All(Joint.UniformNetworks(), uniform => Assert.Contains(uniform.Levels, found));
        Assert.All(candidates, candidate => Assert.Equal(candidate.Bits, Joint.BitsAt(candidate.W)));
    }
}
