namespace Bitcurve.Search.Store;

/// <summary>A write that waits for its transaction, and whoever waits for the write.</summary>
internal abstract class PendingWrite
{
    /// <summary>Does it within the open transaction and keeps what came of it. What it throws concerns the whole transaction.</summary>
    internal abstract void Run(SqliteDatabase database);

    /// <summary>Tells the caller what came of it, once that is durable.</summary>
    internal abstract void Answer();

    internal abstract void Fail(Exception problem);
}

/// <param name="write">Throws a <see cref="ConcurrencyException"/> only before it has changed anything: the transaction goes on without it.</param>
/// <param name="cancellation">Heeded until the write begins.</param>
internal sealed class PendingWrite<T>(Func<SqliteDatabase, T> write, CancellationToken cancellation) : PendingWrite
{
    // A caller that goes on must not do so on the thread that writes for the others.
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action? answer;

    internal Task<T> Task => completion.Task;

    internal override void Run(SqliteDatabase database)
    {
        if (cancellation.IsCancellationRequested)
        {
            answer = () => completion.TrySetCanceled(cancellation);
            return;
        }

        try
        {
            T written = write(database);
            answer = () => completion.TrySetResult(written);
        }
        catch (ConcurrencyException refusal)
        {
            answer = () => completion.TrySetException(refusal);
        }
    }

    internal override void Answer() => answer!();

    internal override void Fail(Exception problem) => completion.TrySetException(problem);
}
