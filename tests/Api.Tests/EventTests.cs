using System.Net;
using System.Text.Json.Nodes;

namespace Bitcurve.Api.Tests;

public sealed class EventTests
{
    [Fact]
    public async Task Events_WholeSearch_ComeInOrderAndEndWithIt()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        var worker = new ScriptedWorker(api);
        string id = await worker.CreateSearchAsync();
        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, $"/api/v1/searches/{id}/events");
        Task<List<Event>> reading = ReadAsync(response);

        await worker.WorkUntilIdleAsync();

        List<Event> events = await reading;
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(happened => happened.Id));
        Assert.Equal("created", events[0].Kind);
        Assert.Equal("reported", events[^1].Kind);
        Assert.Equal("completed", (string)events[^1].Data["state"]!);
        Assert.All(events, happened => Assert.Equal((happened.Id, happened.Kind), ((int)happened.Data["version"]!, (string)happened.Data["kind"]!)));
        JsonNode journal = await api.GetAsync($"/api/v1/searches/{id}/journal?limit=500");
        Assert.Equal(journal["items"]!.AsArray().Select(item => (string)item!["event"]!["kind"]!), events.Select(happened => happened.Kind));
    }

    [Theory]
    [InlineData("", "Last-Event-ID", "3")]
    [InlineData("?after=3", "X-None", "")]
    [InlineData("?after=1", "Last-Event-ID", "3")]
    public async Task Events_LastSeen_GoOnBehindIt(string query, string header, string value)
    {
        await using SearchApi api = await SearchApi.StartAsync();
        var worker = new ScriptedWorker(api);
        string id = await worker.CreateSearchAsync();
        await worker.WorkUntilIdleAsync();

        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, $"/api/v1/searches/{id}/events{query}", headers: (header, value));

        Assert.Equal(4, (await ReadAsync(response))[0].Id);
    }

    [Fact]
    public async Task Events_NothingHappens_SaysThatItIsAlive()
    {
        await using SearchApi api = await SearchApi.StartAsync(change: options => options with { EventKeepAlive = TimeSpan.FromMilliseconds(1) });
        string id = await new ScriptedWorker(api).CreateSearchAsync();
        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, $"/api/v1/searches/{id}/events");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        string? line;
        do
        {
            line = await reader.ReadLineAsync();
        }
        while (line is not null and not ": alive");

        Assert.Equal(": alive", line);
    }

    [Fact]
    public async Task Events_ServerCloses_EndTheStream()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        string id = await new ScriptedWorker(api).CreateSearchAsync();
        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, $"/api/v1/searches/{id}/events");
        Task<List<Event>> reading = ReadAsync(response);

        await api.App.StopAsync();

        Assert.Equal("created", Assert.Single(await reading).Kind);
    }

    [Fact]
    public async Task Events_UnknownSearch_IsAProblem()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, "/api/v1/searches/unknown/events");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private sealed record Event(int Id, string Kind, JsonNode Data);

    private static async Task<List<Event>> ReadAsync(HttpResponseMessage response)
    {
        var events = new List<Event>();
        foreach (string block in (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            Dictionary<string, string> fields = block.Split('\n').ToDictionary(line => line[..line.IndexOf(':')], line => line[(line.IndexOf(':') + 2)..]);
            events.Add(new Event(int.Parse(fields["id"]), fields["event"], JsonNode.Parse(fields["data"])!));
        }

        return events;
    }
}
