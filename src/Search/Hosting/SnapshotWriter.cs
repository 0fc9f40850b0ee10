using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Hosting;

/// <summary>
/// Writes snapshots behind the journal's back: one whenever the events since the last take more room than it did, so that both opening a
/// search and keeping it cost in proportion to its size. A snapshot that fails is no loss: the journal has everything.
/// </summary>
internal sealed class SnapshotWriter(ISearchStore store, string id, long snapshotVersion, long tailBytes)
{
    private const long MinimumTailBytes = 64 * 1024;

    private Task writing = Task.CompletedTask;
    private long version = snapshotVersion;
    private long tail = tailBytes;
    private long size;

    /// <summary>Called after every write of the journal, by one caller at a time.</summary>
    internal void Journalled(SearchHost.Journalled now, long bytes)
    {
        tail += bytes;
        if (tail < Math.Max(MinimumTailBytes, Volatile.Read(ref size)) || !writing.IsCompleted)
        {
            return;
        }

        tail = 0;
        writing = Task.Run(() => WriteAsync(now));
    }

    /// <summary>Waits for a running write and, given a state, adds what is missing.</summary>
    internal async Task CloseAsync(SearchHost.Journalled? last)
    {
        await writing;
        if (last is not null && last.Version > Volatile.Read(ref version))
        {
            await WriteAsync(last);
        }
    }

    private async Task WriteAsync(SearchHost.Journalled now)
    {
        string json = SearchJson.Serialize(now.State);
        try
        {
            await store.SaveSnapshotAsync(id, now.Version, json, CancellationToken.None);
            Volatile.Write(ref size, json.Length);
            Volatile.Write(ref version, now.Version);
        }
        catch (Exception problem) when (problem is IOException or StoreUnavailableException)
        {
            // Tried again with the next events.
        }
    }
}
