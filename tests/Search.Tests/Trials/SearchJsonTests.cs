using System.Text.Json;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Trials;

public sealed class SearchJsonTests
{
    [Fact]
    public void Serialize_WholeSearch_RoundTripsToTheByte()
    {
        SearchState state = Searching().RunToTheEnd(new ScriptedStrategy((4, 15), (3, 1))) with
        {
            SelectionMemory = SearchJson.ToElement(new { lengthscale = 0.1 + 0.2, text = "\u00e9" }),
        };
        string json = SearchJson.Serialize(state);

        Assert.Equal(json, SearchJson.Serialize(SearchJson.Deserialize(json)));
        Assert.Contains("\"schemaVersion\":1", json);
        Assert.Contains("\"phase\":\"completed\"", json);
        Assert.Contains("\"bits\":\"44444444\"", json);
    }

    [Fact]
    public void Serialize_Workload_SaysOnlyWhatIsUnusualOfItsMetric()
    {
        WorkloadDescription usual = Definition().Workload;
        WorkloadDescription loss = usual with { Metric = "Chamfer distance", Goal = MetricGoal.Minimize, MetricIsFraction = false };
        string stored = JsonSerializer.Serialize(usual, SearchJson.Options);
        string unusual = JsonSerializer.Serialize(loss, SearchJson.Options);

        Assert.EndsWith("\"baselineEpochs\":40}", stored);
        Assert.DoesNotContain("sharesWith", stored);
        Assert.EndsWith("\"baselineEpochs\":40,\"goal\":\"minimize\",\"metricIsFraction\":false}", unusual);
        Assert.True(JsonSerializer.Deserialize<WorkloadDescription>(stored, SearchJson.Options)!.MetricIsFraction);
        Assert.Equal(unusual, JsonSerializer.Serialize(JsonSerializer.Deserialize<WorkloadDescription>(unusual, SearchJson.Options), SearchJson.Options));
    }

    [Theory]
    [InlineData("{\"schemaVersion\":2}", "Stored search: expected schema version 1, actual 2.")]
    [InlineData("{}", "Stored search: expected schema version 1, actual none.")]
    [InlineData("[]", "Stored search: expected schema version 1, actual none.")]
    public void Deserialize_AnotherSchema_SaysExpectedAndActual(string json, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => SearchJson.Deserialize(json)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("{\"schemaVersion\":1}")]
    public void Deserialize_NoSearch_IsInvalidData(string json) =>
        Assert.StartsWith("Stored search: ", Assert.Throws<InvalidDataException>(() => SearchJson.Deserialize(json)).Message);

    [Fact]
    public void Deserialize_SearchThatContradictsItself_NamesTheInvariant()
    {
        string json = SearchJson.Serialize(Searching() with { Spent = new Spending(Jobs: 3) });

        Assert.Equal(
            "Stored search: Search invariant broken: expected that every search job is counted once.",
            Assert.Throws<InvalidDataException>(() => SearchJson.Deserialize(json)).Message);
    }

    [Fact]
    public void Difference_EveryChangedField_IsNamedExceptTheBudget()
    {
        SearchDefinition stored = Definition();
        SearchDefinition other = stored with
        {
            Workload = stored.Workload with { Name = "resnet8/shapes32" },
            Space = CurveSpace.Parse("bezier:3", 8),
            Tasks = [0, 15],
            Seed = 6,
            Budget = Budget.Parse("2h"),
            Choosing = new ChoosingSettings { BitsPerAccuracy = 100 },
        };

        IReadOnlyList<DefinitionDifference> differences = DefinitionDifference.Between(stored, other);

        Assert.Equal(["workload", "space", "tasks", "seed", "choosing"], differences.Select(difference => difference.Field));
        Assert.Equal("workload: expected vgg8/shapes32 (aaaaaaaaaaaa), actual resnet8/shapes32 (aaaaaaaaaaaa)", differences[0].ToString());
        Assert.Equal("tasks: expected [0,1,2,15], actual [0,15]", differences[2].ToString());
        Assert.Empty(DefinitionDifference.Between(stored, JsonSerializer.Deserialize<SearchDefinition>(
            JsonSerializer.Serialize(stored, SearchJson.Options), SearchJson.Options)!));
    }

    [Theory]
    [InlineData(new int[0], "Tasks: expected ascending epochs from 0 such as 0,1,2,15, actual ''.")]
    [InlineData(new[] { 0, 2, 2 }, "Tasks: expected ascending epochs from 0 such as 0,1,2,15, actual '0,2,2'.")]
    [InlineData(new[] { -1, 2 }, "Tasks: expected ascending epochs from 0 such as 0,1,2,15, actual '-1,2'.")]
    public void Create_BadTasks_SaysExpectedAndActual(int[] tasks, string message) => Assert.Equal(
        message, Assert.Throws<ArgumentException>(() => SearchState.Create(Definition() with { Tasks = tasks })).Message);

    [Fact]
    public void Create_SpaceOfAnotherNetwork_SaysExpectedAndActual() => Assert.Equal(
        "Space: expected 8 layers as in vgg8/shapes32, actual 7.",
        Assert.Throws<ArgumentException>(() => SearchState.Create(Definition() with { Space = CurveSpace.Parse("bezier:2", 7) })).Message);
}
