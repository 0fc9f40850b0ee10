namespace Bitcurve.Search.Api;

/// <summary>How a server listens and what it puts up with. Defaults suit a few thousand workers.</summary>
public sealed record ServerOptions
{
    public required ListenAddress Listen { get; init; }

    /// <summary>File with the tokens; it need not exist yet. Null for none.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Whether every request needs a token even while the file does not exist. Always so when others can reach the address.</summary>
    public bool RequiresTokens { get; init; }

    /// <summary><c>local</c> or <c>orleans</c>: what holds the searches.</summary>
    public required string Engine { get; init; }

    /// <summary><c>sqlite</c> or <c>postgresql</c>.</summary>
    public required string Store { get; init; }

    /// <summary>Largest JSON body, bytes: a definition with a thousand layers is a tenth of it.</summary>
    public long MaximumBodyBytes { get; init; } = 1 << 20;

    /// <summary>Largest artifact, bytes: the weights of a network of a billion parameters.</summary>
    public long MaximumArtifactBytes { get; init; } = 4L << 30;

    /// <summary>Time that a caller may take to send the headers of a request.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Slowest sender of a body that is still listened to, bytes per second; null for none.</summary>
    public double? MinimumBodyBytesPerSecond { get; init; } = 240;

    /// <summary>Time that a sender may be slower at first, above one second.</summary>
    public TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests a second that one token, or one address without a token, may send in the long run.</summary>
    public int RequestsPerSecond { get; init; } = 10_000;

    /// <summary>Requests that it may send at once.</summary>
    public int RequestBurst { get; init; } = 20_000;

    /// <summary>Longest time that a request for work is held.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a stream of events says that it is alive.</summary>
    public TimeSpan EventKeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How often searches and workers are looked at for those who send metrics by themselves; null where only <c>/metrics</c> shows them.
    /// </summary>
    public TimeSpan? ObserveEvery { get; init; }

    /// <summary>Whether artifacts that no search refers to are deleted.</summary>
    public bool SweepsArtifacts { get; init; } = true;

    /// <summary>An artifact is kept for so long even if nothing refers to it: its upload may be ahead of the heartbeat that names it.</summary>
    public TimeSpan KeepUnreferenced { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Time that running requests get when the server closes.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <exception cref="ArgumentException">A limit is not positive.</exception>
    public void Validate()
    {
        RequirePositive("Maximum body", MaximumBodyBytes);
        RequirePositive("Maximum artifact", MaximumArtifactBytes);
        RequirePositive("Headers timeout", HeadersTimeout.TotalSeconds);
        RequirePositive("Requests per second", RequestsPerSecond);
        RequirePositive("Request burst", RequestBurst);
        RequirePositive("Event keep alive", EventKeepAlive.TotalSeconds);
        RequirePositive("Observe every", ObserveEvery?.TotalSeconds ?? 1);
    }

    private static void RequirePositive(string name, double value)
    {
        if (!(value > 0))
        {
            throw new ArgumentException(FormattableString.Invariant($"{name}: expected more than 0, actual {value}."));
        }
    }
}
