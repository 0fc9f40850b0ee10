using Orleans.Core;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>
/// Writes the state of a reentrant grain, whose calls interleave: one write at a time, and changes that come meanwhile go with the next.
/// Only on the grain's own scheduler.
/// </summary>
internal sealed class StateWriter(IStorage state)
{
    private Task running = Task.CompletedTask;
    private Task? next;

    /// <summary>Returns when all changes made so far are durable.</summary>
    internal Task WriteAsync() => next ??= WriteAfterAsync(running);

    /// <summary>Returns when no write is under way that may hold an earlier change.</summary>
    internal Task WrittenAsync() => next ?? running;

    private async Task WriteAfterAsync(Task previous)
    {
        // Not at once: the caller has not yet stored this task, and changes of the same turn go along.
        await Task.Yield();
        await Task.WhenAny(previous);
        running = next!;
        next = null;
        await state.WriteStateAsync();
    }
}
