namespace Bitcurve.Models.Surfaces;

/// <summary>Agreement of predicted and true occupancy.</summary>
public static class VoxelMetrics
{
    /// <summary>Intersection over union, 0 .. 1: voxels occupied in both, over those occupied in one or both; 1 where both are empty.</summary>
    /// <param name="predicted">N values, for example probabilities.</param>
    /// <param name="truth">N bytes: 0 is free, anything else occupied.</param>
    /// <param name="threshold">A predicted value of at least this is occupied.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double IoU(ReadOnlySpan<float> predicted, ReadOnlySpan<byte> truth, float threshold)
    {
        if (predicted.Length != truth.Length)
        {
            throw new ArgumentException($"Expected {truth.Length} predicted values, one for each true voxel, actual {predicted.Length}.", nameof(predicted));
        }

        (long intersection, long union) = (0, 0);
        for (int k = 0; k < truth.Length; k++)
        {
            (bool inPrediction, bool inTruth) = (predicted[k] >= threshold, truth[k] != 0);
            intersection += inPrediction && inTruth ? 1 : 0;
            union += inPrediction || inTruth ? 1 : 0;
        }

        return union == 0 ? 1 : (double)intersection / union;
    }
}
