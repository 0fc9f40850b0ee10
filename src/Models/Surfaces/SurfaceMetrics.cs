using System.Numerics;

namespace Bitcurve.Models.Surfaces;

/// <summary>How far two surfaces are from each other, from points sampled on both.</summary>
/// <remarks>
/// Accuracy is the distance from predicted points to the true ones, completeness that from true points to the predicted ones.
/// The sources differ: occupancy networks (Mescheder et al., CVPR 2019, supplementary 1.2), NDF (Chibane et al., NeurIPS 2020) and
/// RangeUDF halve the sum of both ways, Mesh R-CNN (Gkioxari et al., ICCV 2019, 4.1) adds both ways of squared distances.
/// </remarks>
public sealed class SurfaceMetrics
{
    private SurfaceMetrics(float[] toTruth, float[] toPrediction) => (ToTruth, ToPrediction) = (toTruth, toPrediction);

    /// <summary>For each predicted point the distance to the nearest true one.</summary>
    public IReadOnlyList<float> ToTruth { get; }

    /// <summary>For each true point the distance to the nearest predicted one.</summary>
    public IReadOnlyList<float> ToPrediction { get; }

    /// <summary>Mean distance from predicted points to the truth.</summary>
    public double Accuracy => ToTruth.Average(distance => (double)distance);

    /// <summary>Mean distance from true points to the prediction.</summary>
    public double Completeness => ToPrediction.Average(distance => (double)distance);

    /// <summary>(accuracy + completeness) / 2, in units of length.</summary>
    public double ChamferL1 => (Accuracy + Completeness) / 2;

    /// <summary>Half the sum of both mean squared distances (NDF, RangeUDF).</summary>
    public double ChamferL2 => ChamferSum / 2;

    /// <summary>The sum of both mean squared distances (Mesh R-CNN, seed 001).</summary>
    public double ChamferSum => MeanSquare(ToTruth) + MeanSquare(ToPrediction);

    /// <summary>Measures both ways: O((N + M) log(N + M)) time.</summary>
    /// <exception cref="ArgumentException">One side has no points, or a coordinate is not finite.</exception>
    public static SurfaceMetrics Compare(ReadOnlySpan<Vector3> predicted, ReadOnlySpan<Vector3> truth) =>
        new(new PointSearch(truth).Distances(predicted), new PointSearch(predicted).Distances(truth));

    /// <summary>F1 of the points of each class, averaged over the classes that the truth has; a class without predicted points scores 0 (thesis 6.4).</summary>
    /// <param name="predicted">N points.</param>
    /// <param name="predictedLabels">N class numbers.</param>
    /// <param name="truth">M points.</param>
    /// <param name="trueLabels">M class numbers.</param>
    /// <param name="tau">Threshold, in units of length.</param>
    /// <exception cref="ArgumentException">Points and labels differ in number, the truth is empty, or a coordinate is not finite.</exception>
    public static double MeanF1(Vector3[] predicted, int[] predictedLabels, Vector3[] truth, int[] trueLabels, float tau)
    {
        if (predicted.Length != predictedLabels.Length || truth.Length != trueLabels.Length || truth.Length == 0)
        {
            throw new ArgumentException(
                $"Expected a label for each point, actual {predictedLabels.Length} for {predicted.Length} and {trueLabels.Length} for {truth.Length}.");
        }

        return trueLabels.Distinct().Average(label =>
        {
            Vector3[] ofClass = [.. predicted.Where((_, k) => predictedLabels[k] == label)];
            return ofClass.Length == 0 ? 0 : Compare(ofClass, [.. truth.Where((_, k) => trueLabels[k] == label)]).F1(tau);
        });
    }

    /// <summary>The share of predicted points nearer than tau to the truth, 0 .. 1.</summary>
    public double Precision(float tau) => ToTruth.Average(distance => distance < tau ? 1.0 : 0);

    /// <summary>The share of true points nearer than tau to the prediction, 0 .. 1.</summary>
    public double Recall(float tau) => ToPrediction.Average(distance => distance < tau ? 1.0 : 0);

    /// <summary>The harmonic mean of precision and recall, 0 .. 1 (Knapitsch et al., SIGGRAPH 2017; seed 001, section 4).</summary>
    public double F1(float tau)
    {
        (double precision, double recall) = (Precision(tau), Recall(tau));
        return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    }

    private static double MeanSquare(IReadOnlyList<float> distances) => distances.Average(distance => (double)distance * distance);
}
