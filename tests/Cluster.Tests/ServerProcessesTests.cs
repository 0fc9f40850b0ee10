using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Bitcurve.EndToEnd.Tests;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Tests.Store;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Cluster.Tests;

/// <summary>Two real server processes on one PostgreSQL, one of which is killed in the middle of a search.</summary>
[Collection(PostgresFixture.Name)]
public sealed class ServerProcessesTests(PostgresFixture postgres) : IDisposable
{
    private const int JobsBeforeTheLoss = 5;

    private static int requests;

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Serve_OneOfTwoIsKilled_TheOtherGoesOnAndNothingIsLost(int killed)
    {
        string name = Guid.NewGuid().ToString("N");
        await using ServerProcess first = await StartAsync(name, "first");
        await using ServerProcess second = await StartAsync(name, "second");
        ServerProcess[] servers = [first, second];
        string id = await CreateAsync(first);
        int done = 0;
        var enough = new TaskCompletionSource();
        void Count()
        {
            if (Interlocked.Increment(ref done) == JobsBeforeTheLoss)
            {
                enough.SetResult();
            }
        }

        Task[] workers = [.. Enumerable.Range(1, 4).Select(number => WorkToTheEndAsync(servers, $"worker-{number}", id, Count))];
        await enough.Task;
        await servers[killed].SignalAsync("KILL");
        await Task.WhenAll(workers);

        ServerProcess survivor = servers[1 - killed];
        Assert.Contains(", orleans, postgresql)", survivor.Greeting);
        Page journal = (await survivor.Http.GetFromJsonAsync<Page>($"/api/v1/searches/{id}/journal?limit=500", SearchJson.Options))!;
        ReplayResult replayed = JournalReplay.Run(journal.Items, StrategyCatalogue.Create);
        Assert.Empty(replayed.Differences);
        Assert.Equal(SearchPhase.Completed, replayed.State.Phase);
        Assert.All(replayed.State.Jobs, job => Assert.Equal((JobState.Succeeded, 0), (job.State, job.Attempts)));
    }

    private sealed record Page(IReadOnlyList<JournalEntry> Items);

    private sealed record Created(string Id, SearchStatus State);

    private Task<ServerProcess> StartAsync(string name, string folder) => ServerProcess.StartAsync(
        scratch, "--data", folder, "--artifacts", "artifacts", "--store", postgres.InstanceOrSkip().ConnectionString, "--cluster-name", name, "--advertise", "127.0.0.1");

    private static async Task<string> CreateAsync(ServerProcess server)
    {
        WorkloadDescription workload = Worker.Workloads[0];
        var request = new SearchRequest { Workload = workload.Name, Description = workload, Budget = "40epochs" };
        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync("/api/v1/searches", request, SearchJson.Options);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<Created>(SearchJson.Options))!.Id;
    }

    private static async Task WorkToTheEndAsync(ServerProcess[] servers, string worker, string search, Action onReport)
    {
        WorkerRegistration registration = Worker with { WorkerId = worker };
        WorkerSession session = (await AskAsync<WorkerSession>(servers, http => http.PostAsJsonAsync("/api/v1/workers", registration, SearchJson.Options)))!;
        while ((await AskAsync<Created>(servers, http => http.GetAsync($"/api/v1/searches/{search}")))!.State == SearchStatus.Running)
        {
            var request = new LeaseRequest(worker, session.Session, WaitSeconds: 1);
            LeasedJob? leased = await AskAsync<LeasedJob>(servers, http => http.PostAsJsonAsync("/api/v1/leases", request, SearchJson.Options));
            if (leased is not null)
            {
                string lease = $"/api/v1/leases/{leased.LeaseId}";
                await AskAsync<ReportReply>(servers, http => http.PutAsJsonAsync($"{lease}/report", Success(leased.Order), SearchJson.Options));
                onReport();
            }
        }
    }

    /// <summary>Each request goes to the next server, and on to the other while one cannot be reached or cannot answer yet.</summary>
    private static async Task<T?> AskAsync<T>(ServerProcess[] servers, Func<HttpClient, Task<HttpResponseMessage>> send)
    {
        for (int next = Interlocked.Increment(ref requests); ; next++)
        {
            try
            {
                using HttpResponseMessage answer = await send(servers[next % servers.Length].Http);
                if (answer.StatusCode == HttpStatusCode.NoContent)
                {
                    return default;
                }

                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    string text = await answer.Content.ReadAsStringAsync();
                    Assert.True(answer.IsSuccessStatusCode, text);
                    return JsonSerializer.Deserialize<T>(text, SearchJson.Options);
                }
            }
            catch (HttpRequestException)
            {
                // It was killed; whether it had served the request is unknown.
            }
        }
    }
}
