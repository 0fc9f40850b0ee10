namespace Bitcurve.Workers.Agent.Remote;

/// <summary>
/// How long to wait before another try: doubling from half a second to half a minute, each between one half and the whole of that, so that
/// workers that lost the server together do not come back together. Thread-safe.
/// </summary>
/// <param name="seed">Decides the random part.</param>
/// <param name="first">Before the first repetition; null for half a second.</param>
public sealed class RetryDelays(int seed, TimeSpan? first = null)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // Past this the doubling would overflow before it is cut.
    private const int MostDoublings = 16;

    private readonly Lock gate = new();
    private readonly Random random = new(seed);

    /// <param name="failures">Tries that failed in a row before this one, from 0.</param>
    /// <param name="asked">What the server asked for; waited at least.</param>
    public TimeSpan After(int failures, TimeSpan? asked = null)
    {
        var doubled = (first ?? TimeSpan.FromSeconds(0.5)) * Math.Pow(2, Math.Min(failures, MostDoublings));
        var delay = (doubled < Longest ? doubled : Longest) * (0.5 + (0.5 * Draw()));
        return asked > delay ? asked.Value : delay;
    }

    private double Draw()
    {
        lock (gate)
        {
            return random.NextDouble();
        }
    }
}
