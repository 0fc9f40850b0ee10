using Bitcurve.Search.Report;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Tests.Report;

public sealed class FrontOrderingTests
{
    private static readonly ReportedFrontMember Small = new(1, BitVector.Uniform(2, 4), 100, 0.90, 15, null, null);
    private static readonly ReportedFrontMember Large = new(2, BitVector.Uniform(3, 4), 200, 0.92, 15, null, null);

    [Fact]
    public void Check_OrderConfirmed_Holds() =>
        Assert.Equal(new ReportedFrontCheck(1, 0, 0, 0.01, true), Check(Result(Small, 0.89, runs: 2, 0.01), Result(Large, 0.91, runs: 1)));

    [Fact]
    public void Check_ReversedWithinTwoErrors_StillHolds() =>
        Assert.Equal(new ReportedFrontCheck(1, 1, 0, 0.01, true), Check(Result(Small, 0.92, runs: 2, 0.01), Result(Large, 0.90, runs: 1)));

    /// <summary>Two combined errors are 2 * 0.01 * sqrt(1/2 + 1) = 0.0245.</summary>
    [Fact]
    public void Check_ReversedBeyondTwoErrors_IsContradicted() => Assert.Equal(
        new ReportedFrontCheck(1, 1, 1, 0.01, false),
        Check(Result(Small, 0.925, runs: 2, 0.01), Result(Large, 0.90, runs: 1)));

    [Fact]
    public void Check_NoNetworkRanTwice_DoesNotClaimToKnow() =>
        Assert.Equal(new ReportedFrontCheck(1, 1, null, null, null), Check(Result(Small, 0.95, runs: 1), Result(Large, 0.90, runs: 1)));

    [Fact]
    public void Check_OnlyOneVerified_HasNoPairs() =>
        Assert.Equal(new ReportedFrontCheck(0, 0, 0, 0.01, null), Check(Result(Small, 0.95, runs: 2, 0.01)));

    [Fact]
    public void PooledDeviation_TwoNetworks_WeighsByDegreesOfFreedom()
    {
        double? pooled = FrontOrdering.PooledDeviation([Result(Small, 0.9, runs: 3, 0.01), Result(Large, 0.9, runs: 2, 0.02)]);
        Assert.Equal(Math.Sqrt(((2 * 0.0001) + 0.0004) / 3), pooled!.Value, 12);
    }

    private static ReportedFrontCheck Check(params ReportedVerification[] verified) => FrontOrdering.Check([Small, Large], verified);

    private static ReportedVerification Result(ReportedFrontMember member, double mean, int runs, double? deviation = null) => new(
        member.Bits, [], 15, member.MemoryBytes, runs, mean, deviation, null, null, null, [], [], []);
}
