using Bitcurve.Models.Networks;
using Bitcurve.Models.Workloads;

namespace Bitcurve.Workers.Agent;

/// <summary>How a worker runs.</summary>
public sealed record WorkerOptions
{
    public required string WorkerId { get; init; }

    /// <summary>What it can train.</summary>
    public required IReadOnlyList<Workload> Workloads { get; init; }

    /// <summary>libtorch device, e.g. <c>cpu</c> or <c>cuda:0</c>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>What convolutions multiply in. A baseline of less than single precision is not kept in <see cref="Cache"/>.</summary>
    public ComputePrecision Precision { get; init; }

    /// <summary>What the server learns seconds per epoch for, e.g. <c>NVIDIA H200</c>; null for the device's type.</summary>
    public string? DeviceKind { get; init; }

    /// <summary>OpenMP threads, at least 1.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Where FP32 baselines are kept between searches; null to train them anew.</summary>
    public BaselineCache? Cache { get; init; }

    /// <summary>
    /// How often the source hears of a running job, whether or not an epoch ended. A quarter of the usual lease: three may get lost.
    /// What the source asks for goes first.
    /// </summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a worker told to leave may go on to finish its running epoch; zero gives the epoch up at once.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// Whether a fault in one job is reported as that job's crash (one worker among many, which goes on) or ends the worker (the only one,
    /// whose user should see it).
    /// </summary>
    public bool ReportsFaults { get; init; }
}
