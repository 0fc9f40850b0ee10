using System.Threading.Channels;

namespace Bitcurve.Search.Store;

/// <summary>
/// The only writer of a database: what arrives while a transaction is being synced goes into the next one together, so that many callers
/// cost one sync. A write that fails concerns only its caller. Thread-safe.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private const int MaximumBatch = 1024;

    private readonly Channel<PendingWrite> queue =
        Channel.CreateUnbounded<PendingWrite>(new UnboundedChannelOptions { SingleReader = true });

    private readonly SqliteDatabase database;
    private readonly Action rolledBack;
    private readonly Task loop;

    /// <param name="database">This writer's alone from now on, but not its to dispose.</param>
    /// <param name="rolledBack">Called on the writing thread when writes were undone: what they remembered is not so.</param>
    internal GroupCommit(SqliteDatabase database, Action rolledBack)
    {
        this.database = database;
        this.rolledBack = rolledBack;
        loop = Task.Run(ServeAsync);
    }

    /// <summary>Completes when the write is durable.</summary>
    /// <inheritdoc cref="PendingWrite{T}"/>
    internal Task<T> RunAsync<T>(Func<SqliteDatabase, T> write, CancellationToken cancellation)
    {
        var pending = new PendingWrite<T>(write, cancellation);
        ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(pending), typeof(SqliteSearchStore));
        return pending.Task;
    }

    /// <summary>Writes what was asked so far, and ends.</summary>
    public void Dispose()
    {
        queue.Writer.TryComplete();
        loop.GetAwaiter().GetResult();
    }

    private async Task ServeAsync()
    {
        var batch = new List<PendingWrite>();
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MaximumBatch && queue.Reader.TryRead(out PendingWrite? write))
            {
                batch.Add(write);
            }

            try
            {
                Commit(batch);
            }
            catch (Exception problem)
            {
                batch.ForEach(write => write.Fail(problem));
            }
        }
    }

    private void Commit(IReadOnlyList<PendingWrite> batch)
    {
        database.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (PendingWrite write in batch)
            {
                write.Run(database);
            }

            database.Execute("COMMIT");
        }
        catch (Exception problem)
        {
            RollBack();
            Isolate(batch, problem);
            return;
        }

        foreach (PendingWrite write in batch)
        {
            write.Answer();
        }
    }

    /// <summary>One of them failed, perhaps for want of space; the others may still succeed, each in a transaction of its own.</summary>
    private void Isolate(IReadOnlyList<PendingWrite> batch, Exception problem)
    {
        if (batch.Count == 1)
        {
            batch[0].Fail(problem);
            return;
        }

        foreach (PendingWrite write in batch)
        {
            Commit([write]);
        }
    }

    private void RollBack()
    {
        rolledBack();
        if (database.IsInTransaction)
        {
            database.Execute("ROLLBACK");
        }
    }
}
