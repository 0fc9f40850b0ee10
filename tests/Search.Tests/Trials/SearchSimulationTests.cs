using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Tests.Trials;

public sealed class SearchSimulationTests
{
    private const int MaximumEvents = 3000;

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Simulation_UnreliableWorkersAndRestarts_ReachesTheEndWithinItsBudget(int seed)
    {
        var simulation = new SearchSimulation(seed, reloads: false);

        SearchState ended = simulation.Run(MaximumEvents);

        // Three lost baselines in a row end a search, too.
        bool hasEnded = ended.Phase == SearchPhase.Completed || (ended.Phase == SearchPhase.Failed && ended.Baseline is null);
        Assert.True(hasEnded, $"Phase after {MaximumEvents} events: {ended.Phase}.");
        Assert.True(simulation.Restarts > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Simulation_SameEvents_GiveTheSameBytesWithAndWithoutReloads(int seed)
    {
        string first = SearchJson.Serialize(new SearchSimulation(seed, reloads: false).Run(MaximumEvents));
        string second = SearchJson.Serialize(new SearchSimulation(seed, reloads: false).Run(MaximumEvents));
        string reloaded = SearchJson.Serialize(new SearchSimulation(seed, reloads: true).Run(MaximumEvents));

        Assert.Equal(first, second);
        Assert.Equal(first, reloaded);
    }

    [Fact]
    public void Simulation_ManySeeds_ExerciseLateReports() =>
        Assert.True(Enumerable.Range(1, 20).Sum(seed =>
        {
            var simulation = new SearchSimulation(seed, reloads: false);
            simulation.Run(MaximumEvents);
            return simulation.LateReportsTaken;
        }) > 10);
}
