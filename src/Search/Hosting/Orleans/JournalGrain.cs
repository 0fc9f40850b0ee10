using Bitcurve.Search.Store;
using Orleans.Placement;
using Orleans.Storage;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>
/// The newest events in one row, so that an append is one write; full pages in rows of their own (<see cref="JournalPageGrain"/>). A page
/// is written only from events that the head already holds durably, and the head forgets them only after: a crash in between is harmless,
/// and whoever writes a page, even a silo that is wrongly believed dead, writes the same bytes.
/// </summary>
[PreferLocalPlacement]
internal sealed class JournalGrain(
    [PersistentState(StateNames.JournalHead, StateNames.Storage)] IPersistentState<JournalHead> head,
    [PersistentState(StateNames.Snapshot, StateNames.Storage)] IPersistentState<StoredSnapshot> snapshot) : Grain, IJournalGrain
{
    /// <summary>Events per page.</summary>
    internal const int PageSize = 32;

    public Task<JournalTail> TailAsync() => Task.FromResult(new JournalTail(head.State.Paged, [.. head.State.Tail]));

    public Task<JournalSnapshot> SnapshotAsync() => Task.FromResult(new JournalSnapshot(snapshot.State.Version, snapshot.State.Json));

    public async Task<AppendAnswer> AppendAsync(long expectedVersion, string[] events, Guid append)
    {
        if (head.State.LastAppend == append)
        {
            return new AppendAnswer(true, head.State.Version);
        }

        if (head.State.Version != expectedVersion)
        {
            return new AppendAnswer(false, head.State.Version);
        }

        try
        {
            int paged = await WritePagesAsync();
            head.State = new JournalHead
            {
                Paged = head.State.Paged + paged,
                Tail = [.. head.State.Tail.Skip(paged), .. events],
                LastAppend = append,
            };
            await head.WriteStateAsync();
            return new AppendAnswer(true, head.State.Version);
        }
        catch (Exception problem) when (problem is OrleansException or TimeoutException or StoreUnavailableException)
        {
            return await FindOutAsync(append, problem);
        }
    }

    public async Task SaveSnapshotAsync(JournalSnapshot newer)
    {
        StoredSnapshot present = snapshot.State;
        if (newer.Version <= present.Version)
        {
            return;
        }

        try
        {
            snapshot.State = new StoredSnapshot { Version = newer.Version, Json = newer.Json };
            await snapshot.WriteStateAsync();
        }
        catch (OrleansException problem)
        {
            snapshot.State = present;
            DeactivateOnIdle();
            throw Unavailable("snapshot", problem);
        }
    }

    private async Task<int> WritePagesAsync()
    {
        int pages = head.State.Tail.Count / PageSize;
        long first = head.State.Paged / PageSize;
        await Task.WhenAll(Enumerable.Range(0, pages).Select(page => GrainFactory
            .GetGrain<IJournalPageGrain>(GrainKeys.Page(this.GetPrimaryKeyString(), first + page))
            .WriteAsync([.. head.State.Tail.Skip(page * PageSize).Take(PageSize)])));
        return pages * PageSize;
    }

    /// <summary>A write failed: that the answer got lost does not say that the events did.</summary>
    private async Task<AppendAnswer> FindOutAsync(Guid append, Exception problem)
    {
        try
        {
            await head.ReadStateAsync();
        }
        catch (OrleansException again)
        {
            DeactivateOnIdle();
            throw Unavailable("journal", again);
        }

        if (problem is InconsistentStateException)
        {
            // Another activation wrote: this one is not the search's only one and must not go on.
            DeactivateOnIdle();
        }

        bool isStored = head.State.LastAppend == append;
        return isStored || problem is InconsistentStateException
            ? new AppendAnswer(isStored, head.State.Version)
            : throw Unavailable("journal", problem);
    }

    private StoreUnavailableException Unavailable(string what, Exception problem) =>
        new($"Search {GrainKeys.SearchId(this.GetPrimaryKeyString())}: expected to write its {what}, actual {FirstLine(problem)}", problem);

    private static string FirstLine(Exception problem) => (problem.InnerException ?? problem).Message.Split('\n')[0].TrimEnd();
}

/// <summary>Stored: the end of a journal.</summary>
internal sealed class JournalHead
{
    public long Paged { get; init; }

    public IReadOnlyList<string> Tail { get; init; } = [];

    public Guid LastAppend { get; init; }

    internal long Version => Paged + Tail.Count;
}

/// <summary>Stored: the newest snapshot.</summary>
internal sealed class StoredSnapshot
{
    public long Version { get; init; }

    public string? Json { get; init; }
}
