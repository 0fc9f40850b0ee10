namespace Bitcurve.Search.Tests.Store;

/// <summary>A body whose connection breaks after some bytes.</summary>
internal sealed class BrokenStream(byte[] bytes) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Position == Length
        ? throw new IOException("The connection broke.")
        : base.ReadAsync(buffer, cancellationToken);
}

/// <summary>A body that never comes.</summary>
internal sealed class StalledStream : MemoryStream
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when someone waits for the body.</summary>
    public Task Reached => reached.Task;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        reached.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return 0;
    }
}
