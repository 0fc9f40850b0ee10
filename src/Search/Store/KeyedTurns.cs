namespace Bitcurve.Search.Store;

/// <summary>One caller at a time for each key; callers with different keys do not wait for one another. Thread-safe.</summary>
internal sealed class KeyedTurns
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Turn> turns = new(StringComparer.Ordinal);

    private sealed class Turn
    {
        internal SemaphoreSlim Semaphore { get; } = new(1, 1);

        /// <summary>Callers that hold it or wait for it.</summary>
        internal int Callers { get; set; }
    }

    internal async Task<T> RunAsync<T>(string key, Func<Task<T>> work, CancellationToken cancellation)
    {
        Turn turn = Enter(key);
        try
        {
            await turn.Semaphore.WaitAsync(cancellation);
            try
            {
                return await work();
            }
            finally
            {
                turn.Semaphore.Release();
            }
        }
        finally
        {
            Leave(key, turn);
        }
    }

    private Turn Enter(string key)
    {
        lock (gate)
        {
            if (!turns.TryGetValue(key, out Turn? turn))
            {
                turns.Add(key, turn = new Turn());
            }

            turn.Callers++;
            return turn;
        }
    }

    private void Leave(string key, Turn turn)
    {
        lock (gate)
        {
            if (--turn.Callers == 0)
            {
                turns.Remove(key);
            }
        }
    }
}
