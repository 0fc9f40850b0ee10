using System.Numerics;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Networks.Points;

/// <summary>
/// The geometry of one cloud that a U-Net over points needs: its points at every scale and who neighbours whom. Nothing here is differentiated,
/// so that a cloud's pyramid is made once. Immutable.
/// </summary>
public sealed record PointPyramid(IReadOnlyList<PointScale> Scales)
{
    // Features come back to the finer scale from the three nearest coarse points (PointNet++).
    private const int InterpolationSources = 3;

    /// <summary>Points per scale: N, N / stride, ..., each rounded down.</summary>
    /// <exception cref="ArgumentException">A scale would have no points left, or a point is not finite.</exception>
    public static PointPyramid Build(Vector3[] points, PointSampling sampling)
    {
        sampling.Check();
        var search = new PointSearch(points);
        var scales = new List<PointScale> { new(points, Neighbourhood.Nearest(points, points, search, sampling.Neighbours[0]), null, null) };
        for (var scale = 1; scale < sampling.Strides.Count; scale++)
        {
            var (fine, fineSearch) = (scales[^1].Positions, search);
            var coarse = Thinned(fine, sampling.Strides[scale], scale);
            search = new PointSearch(coarse);
            scales.Add(new(
                coarse,
                Neighbourhood.Nearest(coarse, coarse, search, sampling.Neighbours[scale]),
                Neighbourhood.Nearest(coarse, fine, fineSearch, sampling.Neighbours[scale]),
                Neighbourhood.Nearest(fine, coarse, search, InterpolationSources)));
        }

        return new(scales);
    }

    private static Vector3[] Thinned(Vector3[] points, int stride, int scale)
    {
        if (points.Length < stride)
        {
            throw new ArgumentException($"point scale {scale}: expected at least {stride} points at the finer scale, actual {points.Length}");
        }

        return Array.ConvertAll(FarthestPoints.Sample(points, points.Length / stride), index => points[index]);
    }
}

/// <summary>One scale of a pyramid.</summary>
/// <param name="Positions">Its points.</param>
/// <param name="Attention">Their nearest among themselves.</param>
/// <param name="Pooling">Their nearest in the finer scale; null at the finest.</param>
/// <param name="Interpolation">The finer scale's points' nearest in this one; null at the finest.</param>
public sealed record PointScale(Vector3[] Positions, Neighbourhood Attention, Neighbourhood? Pooling, Neighbourhood? Interpolation);
