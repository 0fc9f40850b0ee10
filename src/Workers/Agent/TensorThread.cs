using System.Collections.Concurrent;

namespace Bitcurve.Workers.Agent;

/// <summary>
/// One thread that does all tensor work of a worker. Grad mode, dispose scopes and the OpenMP thread count belong to a thread, so
/// everything must happen on the same one. Thread-safe.
/// </summary>
public sealed class TensorThread : IDisposable
{
    private readonly BlockingCollection<Action> work = [];
    private readonly Thread thread;

    /// <param name="name">For debuggers.</param>
    /// <param name="start">Runs first on the thread, e.g. to set the number of OpenMP threads.</param>
    public TensorThread(string name, Action? start = null)
    {
        thread = new Thread(Loop) { IsBackground = true, Name = name };
        thread.Start();
        if (start is not null)
        {
            work.Add(start);
        }
    }

    /// <summary>Runs on the thread; the task completes elsewhere, with the result or the exception.</summary>
    public Task<T> Run<T>(Func<T> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);

        // What is traced there belongs to the caller's span.
        var context = ExecutionContext.Capture();
        work.Add(context is null ? Work : () => ExecutionContext.Run(context, static act => ((Action)act!)(), (Action)Work));
        return done.Task;

        void Work()
        {
            try
            {
                done.SetResult(action());
            }
            catch (OperationCanceledException canceled)
            {
                done.SetCanceled(canceled.CancellationToken);
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        }
    }

    public Task Run(Action action) => Run(() =>
    {
        action();
        return true;
    });

    /// <summary>Finishes what was queued, then ends the thread.</summary>
    public void Dispose()
    {
        work.CompleteAdding();
        thread.Join();
        work.Dispose();
    }

    private void Loop()
    {
        foreach (var action in work.GetConsumingEnumerable())
        {
            action();
        }
    }
}
