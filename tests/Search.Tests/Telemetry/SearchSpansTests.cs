using System.Diagnostics;
using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Store;
using Bitcurve.Search.Tests.Hosting;
using Bitcurve.Search.Tests.Trials;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Telemetry;

/// <summary>Which span is whose child.</summary>
public sealed class SearchSpansTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly RecordedSpans spans = new();
    private readonly ManualTime time = new(Start);
    private bool pauses;

    [Fact]
    public async Task Lease_OfASearchJob_ChoosesAndFitsAndAppends()
    {
        SearchDefinition definition = Definition();
        await using LocalSearchHost host = await OpenAsync(new MemorySearchStore(), StrategyCatalogue.Create(definition));
        JobOrder baseline = (await host.LeaseAsync(Worker, None))!;
        await host.ReportAsync(baseline, Success(baseline), None);

        using Activity request = spans.Request();
        JobOrder order = (await host.LeaseAsync(Worker, None))!;

        Activity choose = Assert.Single(spans.Of(request, "choose"));
        Activity fit = Assert.Single(spans.Of(request, "fit"));
        Assert.Equal(request.SpanId, choose.ParentSpanId);
        Assert.Equal(choose.SpanId, fit.ParentSpanId);
        Assert.Equal("search", choose.GetTagItem("bitcurve.search.id"));
        Assert.Equal(order.EvaluateAt[^1], choose.GetTagItem("bitcurve.epochs"));
        Assert.Equal(true, request.GetTagItem("bitcurve.decided"));

        // What was selected, then who got it.
        Activity[] appends = spans.Of(request, "append");
        Assert.Equal(2, appends.Length);
        Assert.All(appends, append => Assert.Equal(request.SpanId, append.ParentSpanId));
    }

    [Fact]
    public async Task Choose_Fails_SaysWhy()
    {
        await using LocalSearchHost host = await OpenAsync(new MemorySearchStore(), new FailingStrategy());
        JobOrder baseline = (await host.LeaseAsync(Worker, None))!;
        await host.ReportAsync(baseline, Success(baseline), None);

        using Activity request = spans.Request();
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => host.LeaseAsync(Worker, None));

        Activity choose = Assert.Single(spans.Of(request, "choose"));
        Assert.Equal((ActivityStatusCode.Error, "No idea."), (choose.Status, choose.StatusDescription));
    }

    [Fact]
    public async Task Append_OfSeveralRequests_IsTheFirstOnesAndLinkedToTheOthers()
    {
        var store = new HeldStore();
        await using LocalSearchHost host = await OpenAsync(store, new ScriptedStrategy());
        store.Hold();
        Task first = AskAsync(host, out Activity _);
        await store.Holding;

        // Both wait until the store has written the first, and are then written together.
        Task second = AskAsync(host, out Activity secondRequest);
        Task third = AskAsync(host, out Activity thirdRequest);
        store.LetGo();
        await Task.WhenAll(first, second, third);

        Activity append = Assert.Single(spans.Of(secondRequest, "append"));
        Assert.Equal(secondRequest.SpanId, append.ParentSpanId);
        Assert.Equal(2, append.GetTagItem("bitcurve.events"));
        Assert.Equal([thirdRequest.SpanId], append.Links.Select(link => link.Context.SpanId));
        Assert.Empty(spans.Of(thirdRequest, "append"));
    }

    [Fact]
    public async Task Append_ThatNobodyTraces_IsNotTheOpenersEither()
    {
        using Activity opener = spans.Request();
        await using LocalSearchHost host = await OpenAsync(new MemorySearchStore(), new ScriptedStrategy());
        Activity.Current = null;

        await host.PauseAsync(None);

        Assert.Empty(spans.Of(opener, "append"));
    }

    public void Dispose() => spans.Dispose();

    // Pauses and resumes by turns, so that each request changes something.
    private Task AskAsync(LocalSearchHost host, out Activity request)
    {
        request = spans.Request();
        pauses = !pauses;
        Task asked = pauses ? host.PauseAsync(None) : host.ResumeAsync(None);
        request.Stop();
        return asked;
    }

    private Task<LocalSearchHost> OpenAsync(ISearchStore store, ISelectionStrategy strategy) =>
        LocalSearchHost.OpenAsync(store, Definition(), strategy, time, None);

    private sealed class FailingStrategy : ISelectionStrategy
    {
        public SelectedJob? Next(SearchState state) => throw new InvalidTimeZoneException("No idea.");
    }

    /// <summary>A store that keeps one writer waiting.</summary>
    private sealed class HeldStore : ISearchStore
    {
        private readonly MemorySearchStore inner = new();
        private readonly TaskCompletionSource held = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile bool holds;

        internal Task Holding => held.Task;

        internal void Hold() => holds = true;

        internal void LetGo() => released.SetResult();

        public async Task AppendAsync(string id, long expectedVersion, IReadOnlyList<string> events, CancellationToken cancellation)
        {
            if (holds)
            {
                held.TrySetResult();
                await released.Task;
            }

            await inner.AppendAsync(id, expectedVersion, events, cancellation);
        }

        public Task<StoredSearch?> LoadAsync(string id, CancellationToken cancellation) => inner.LoadAsync(id, cancellation);

        public Task SaveSnapshotAsync(string id, long version, string json, CancellationToken cancellation) =>
            inner.SaveSnapshotAsync(id, version, json, cancellation);

        public Task<IReadOnlyList<string>> ReadAsync(string id, long after, int limit, CancellationToken cancellation) =>
            inner.ReadAsync(id, after, limit, cancellation);

        public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation) => inner.ListAsync(cancellation);
    }
}
