using OpenTelemetry.Trace;

namespace Bitcurve.Search.Telemetry;

/// <summary>
/// Begins at most so many traces in a second; a trace that has begun is recorded as a whole (<see cref="ParentBasedSampler"/>). A job that
/// really trains takes seconds or more: of such jobs none is left out. Thousands of requests a second would cost a server a tenth of its
/// processor if each were traced, and say the same a thousand times. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class TraceRateSampler(TimeProvider time) : Sampler
{
    /// <summary>Traces that may begin in a second in the long run.</summary>
    public const int TracesPerSecond = 20;

    /// <summary>Traces that may begin at once after a quiet time.</summary>
    public const int Burst = 200;

    private readonly Lock gate = new();
    private DateTimeOffset last = time.GetUtcNow();
    private double available = Burst;

    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(Take() ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);

    private bool Take()
    {
        lock (gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            available = Math.Clamp(available + ((now - last).TotalSeconds * TracesPerSecond), 0, Burst);
            last = now;
            if (available < 1)
            {
                return false;
            }

            available--;
            return true;
        }
    }
}
