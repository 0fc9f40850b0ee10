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

    /// <summary>OpenMP threads, at least 1.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Where FP32 baselines are kept between searches; null to train them anew.</summary>
    public BaselineCache? Cache { get; init; }
}
