using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Agent;

/// <summary>What a worker is doing, for whoever watches. Raised on the worker's threads: handlers must be quick and thread-safe.</summary>
public abstract record WorkerEvent(JobOrder Order)
{
    public sealed record Started(JobOrder Order) : WorkerEvent(Order);

    /// <param name="Order">The job.</param>
    /// <param name="Epochs">Epochs finished.</param>
    /// <param name="Steps">Steps done in the running epoch.</param>
    /// <param name="StepsPerEpoch">Steps of an epoch.</param>
    public sealed record Stepped(JobOrder Order, int Epochs, int Steps, int StepsPerEpoch) : WorkerEvent(Order);

    /// <param name="Order">The job.</param>
    /// <param name="Epochs">Epochs finished, with this one.</param>
    /// <param name="Loss">Mean over its steps.</param>
    /// <param name="Seconds">That it took.</param>
    /// <param name="Images">That it trained on.</param>
    public sealed record EpochFinished(JobOrder Order, int Epochs, double Loss, double Seconds, int Images) : WorkerEvent(Order);

    /// <param name="Order">The job.</param>
    /// <param name="Measurement">The result.</param>
    /// <param name="Seconds">That it took.</param>
    public sealed record Measured(JobOrder Order, Measurement Measurement, double Seconds) : WorkerEvent(Order);

    /// <summary>A heartbeat did not arrive; it is sent again.</summary>
    public sealed record Unheard(JobOrder Order, string Reason) : WorkerEvent(Order);

    /// <summary>The source no longer wanted the job; nothing was reported.</summary>
    public sealed record Stopped(JobOrder Order) : WorkerEvent(Order);

    /// <summary>The worker leaves and handed the job back.</summary>
    public sealed record Released(JobOrder Order) : WorkerEvent(Order);

    public sealed record Finished(JobOrder Order, JobReport Report) : WorkerEvent(Order);
}
