namespace Bitcurve.Search.Selection;

/// <summary>
/// Hypervolume that one more network would add to a front of accuracy against memory. Memory is known, so the front is a staircase, the
/// cumulative maximum of accuracy along ascending memory, and the gain an integral over its steps: exact, O(M) per network.
/// </summary>
public sealed class FrontGain
{
    private readonly (double Memory, double Accuracy)[] steps;
    private readonly double memoryEnd;

    /// <param name="front">Networks that are there already, in any order, M of them; dominated ones do no harm.</param>
    /// <param name="accuracyFloor">Accuracies below count for nothing.</param>
    /// <param name="memoryEnd">Memory, in the unit of the networks', at which the hypervolume ends.</param>
    public FrontGain(IEnumerable<(double Memory, double Accuracy)> front, double accuracyFloor, double memoryEnd)
    {
        this.memoryEnd = memoryEnd;
        var best = accuracyFloor;
        var climbing = new List<(double, double)> { (double.NegativeInfinity, accuracyFloor) };
        foreach (var (memory, accuracy) in front.OrderBy(network => network.Memory))
        {
            best = Math.Max(best, accuracy);
            climbing.Add((memory, best));
        }

        steps = [.. climbing];
    }

    /// <summary>Gain in memory units times accuracy, at least 0.</summary>
    public double Of(double memory, double accuracy)
    {
        var gain = 0.0;
        for (var k = 0; k < steps.Length; k++)
        {
            var from = Math.Max(memory, steps[k].Memory);
            var to = k + 1 < steps.Length ? Math.Min(steps[k + 1].Memory, memoryEnd) : memoryEnd;
            gain += Math.Max(0, to - from) * Math.Max(0, accuracy - steps[k].Accuracy);
        }

        return gain;
    }
}
