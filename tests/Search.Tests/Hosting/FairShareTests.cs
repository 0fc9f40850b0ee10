using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Tests.Hosting;

public sealed class FairShareTests
{
    [Fact]
    public void Order_HigherPriority_ComesFirstWhateverRuns() =>
        Assert.Equal(["urgent", "idle"], Order(Claim("idle"), Claim("urgent", priority: 1, running: 9)));

    [Fact]
    public void Order_EqualPriority_FewestRunningForItsWeightComesFirst() =>
        Assert.Equal(["heavy", "light"], Order(Claim("light", running: 1), Claim("heavy", weight: 3, running: 2)));

    [Fact]
    public void Order_OtherWorkload_IsLeftOut() => Assert.Equal(["mine"], Order(Claim("other", hash: "b"), Claim("mine")));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 5)]
    public void Order_ManyWorkers_SharesRunningJobsInProportionToTheWeights(int first, int second)
    {
        var running = new Dictionary<string, int> { ["one"] = 0, ["two"] = 0 };
        for (int worker = 0; worker < 10 * (first + second); worker++)
        {
            running[Order(Claim("one", weight: first, running: running["one"]), Claim("two", weight: second, running: running["two"]))[0]]++;
        }

        Assert.Equal([10 * first, 10 * second], running.Values);
    }

    private static List<string> Order(params ShareClaim[] claims) => [.. FairShare.Order(claims, ["a"]).Select(claim => claim.Id)];

    private static ShareClaim Claim(string id, int priority = 0, double weight = 1, int running = 0, string hash = "a") =>
        new(id, hash, new SharingSettings(priority, weight), running, running);
}
