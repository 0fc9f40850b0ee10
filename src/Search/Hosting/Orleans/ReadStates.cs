using System.Collections.Concurrent;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>The states read last, so that a search that nothing happened to need not be sent again.</summary>
internal sealed class ReadStates
{
    private const int Kept = 64;

    private readonly ConcurrentDictionary<string, SearchHost.Journalled> states = new(StringComparer.Ordinal);

    internal SearchHost.Journalled? Find(string id) => states.GetValueOrDefault(id);

    internal void Keep(string id, SearchHost.Journalled state)
    {
        if (states.Count > Kept)
        {
            states.Clear();
        }

        states[id] = state;
    }
}
