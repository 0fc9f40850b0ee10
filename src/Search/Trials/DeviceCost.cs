namespace Bitcurve.Search.Trials;

/// <summary>What a job costs on one kind of device, learned from the search's own jobs (<see cref="LearnedCost"/>).</summary>
/// <param name="DeviceKind">As workers announce it.</param>
/// <param name="SecondsPerEpoch">Above 0.</param>
/// <param name="EvaluationEpochs">What an evaluation takes, in epochs of this device; null while none was timed.</param>
public sealed record DeviceCost(string DeviceKind, double SecondsPerEpoch, double? EvaluationEpochs)
{
    /// <summary>Null when the search does not count by devices, or knows nothing of this one yet.</summary>
    public static DeviceCost? Of(SearchState state, string? deviceKind)
    {
        if (!state.Definition.Selection.CostPerDevice || deviceKind is null)
        {
            return null;
        }

        Job[] jobs = [.. state.Jobs.Where(job => LearnedCost.DeviceOf(job) == deviceKind)];
        return LearnedCost.Of(state.Definition.Workload.Name, deviceKind, jobs) is LearnedCost learned
            ? new DeviceCost(deviceKind, learned.SecondsPerEpoch, learned.SecondsPerEvaluation / learned.SecondsPerEpoch)
            : null;
    }
}
