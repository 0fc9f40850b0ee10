using Bitcurve.Search.Space;

namespace Bitcurve.Search.Tests.Space;

public sealed class CandidatesTests
{
    private static readonly CurveSpace Linear = CurveSpace.Parse("bezier:2", 8);

    [Fact]
    public void Of_LinearBezierOn8Layers_Finds476Networks() => Assert.Equal(476, Candidates.Of(Linear).Count);

    [Fact]
    public void Of_CoarseGrid_MissesTwoSliversAndFinerGridsAddNone()
    {
        BitVector[] usual = [.. Candidates.Of(Linear).Select(candidate => candidate.Bits)];
        HashSet<BitVector> coarse = [.. Candidates.Of(Linear, 61).Select(candidate => candidate.Bits)];

        Assert.Equal(["13456788", "88765431"], usual.Where(bits => !coarse.Contains(bits)).Select(bits => bits.ToString()));
        Assert.Equal(usual, Candidates.Of(Linear, 241).Select(candidate => candidate.Bits));
    }

    [Fact]
    public void Of_LinearBezier_ContainsEveryTrainedScheme()
    {
        HashSet<string> reachable = [.. Candidates.Of(Linear).Select(candidate => candidate.Bits.ToString())];

        Assert.All(SeedTables.TrainedSchemes(), scheme => Assert.Contains(scheme.Bits, reachable));
    }

    [Theory]
    [InlineData("bezier:3")]
    [InlineData("chebyshev:4")]
    public void Of_ThreeOrMoreParameters_ContainsEveryUniformNetwork(string text)
    {
        IReadOnlyList<Candidate> candidates = Candidates.Of(CurveSpace.Parse(text, 8), sequencePoints: 10);
        HashSet<BitVector> reachable = [.. candidates.Select(candidate => candidate.Bits)];

        Assert.All(Enumerable.Range(1, 8), bits => Assert.Contains(BitVector.Uniform(bits, 8), reachable));
    }

    [Theory]
    [InlineData("bezier:1")]
    [InlineData("bezier:2")]
    [InlineData("chebyshev:2")]
    [InlineData("bezier:3")]
    [InlineData("chebyshev:4")]
    public void Of_AnySpace_IsDistinctOrderedAndGeneratedByItsParameters(string text)
    {
        CurveSpace space = CurveSpace.Parse(text, 8);
        IReadOnlyList<Candidate> candidates = Candidates.Of(space, sequencePoints: 2000);

        Assert.All(candidates, candidate => Assert.Equal(candidate.Bits, space.BitsAt(candidate.W)));
        Assert.All(candidates.Zip(candidates.Skip(1)), pair => Assert.True(pair.First.Bits.CompareTo(pair.Second.Bits) < 0));
    }

    [Fact]
    public void Of_CalledTwice_GivesTheSameList()
    {
        CurveSpace space = CurveSpace.Parse("chebyshev:3", 8);

        string first = string.Join(';', Candidates.Of(space, sequencePoints: 500).Select(c => $"{c.Bits} {string.Join(' ', c.W)}"));
        string second = string.Join(';', Candidates.Of(space, sequencePoints: 500).Select(c => $"{c.Bits} {string.Join(' ', c.W)}"));

        Assert.Equal(first, second);
    }

    [Fact]
    public void Of_UniformCell_IsRepresentedByItsMiddle()
    {
        // Uniform 4 bits: the curve 8 p + 1 stays in [3.5, 4.5), a square of parameters around 3/8.
        Candidate uniform = Candidates.Of(Linear).First(candidate => candidate.Bits == BitVector.Uniform(4, 8));

        Assert.All(uniform.W, value => Assert.InRange(value, 0.375 - (1.0 / 60), 0.375 + (1.0 / 60)));
    }

    [Fact]
    public void Halton_FirstPoints_AreTheRadicalInverses()
    {
        Assert.Equal([0.5, 1 / 3.0], HaltonSequence.Point(1, 2));
        Assert.Equal(0.25, HaltonSequence.Point(2, 1)[0]);
        Assert.Equal(4 / 9.0, HaltonSequence.Point(4, 2)[1], 1e-15);
    }

    [Fact]
    public void Of_TooFewPoints_SaysExpectedAndActual() => Assert.StartsWith(
        "Candidates: expected at least 2 points per axis and 1 sequence point, actual 1 and 20000.",
        Assert.Throws<ArgumentException>(() => Candidates.Of(Linear, gridPointsPerAxis: 1)).Message);
}
