using System.Numerics;
using Bitcurve.Models.Surfaces;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>What a mesh is trained by (Mesh R-CNN, Gkioxari et al. 2019, section 3.3, equations 1 and 2; Pixel2Mesh, Wang et al. 2018).</summary>
public static class MeshLosses
{
    /// <summary>
    /// Chamfer distance, the sum of both ways' mean squared distances to the nearest point, and normal distance, the sum of both ways' means of
    /// 1 - |n . n'| with that point's normal (the paper's is the same less 2). Means over the batch; which points are nearest is not differentiated.
    /// </summary>
    /// <param name="predicted">Of the predicted meshes, P points each.</param>
    /// <param name="truth">Of the true surfaces, Q points each.</param>
    public static (Tensor Chamfer, Tensor Normal) Points(SampledSurface predicted, SampledSurface truth)
    {
        using var scope = NewDisposeScope();
        var (chamferTo, normalTo) = OneWay(predicted, truth);
        var (chamferFrom, normalFrom) = OneWay(truth, predicted);
        return ((chamferTo + chamferFrom).MoveToOuterDisposeScope(), (normalTo + normalFrom).MoveToOuterDisposeScope());
    }

    /// <summary>Mean squared length of the edges, which keeps vertices from flying away.</summary>
    /// <param name="vertices">V x B x 3.</param>
    /// <param name="arcs">Both directions of each edge, which change nothing in the mean.</param>
    public static Tensor Edges(Tensor vertices, MeshArcs arcs)
    {
        using var scope = NewDisposeScope();
        var along = vertices.index_select(0, arcs.Sources) - vertices.index_select(0, arcs.Targets);
        return along.square().sum(2).mean().MoveToOuterDisposeScope();
    }

    private static (Tensor Chamfer, Tensor Normal) OneWay(SampledSurface from, SampledSurface to)
    {
        var nearest = tensor([.. from.Positions.SelectMany((points, b) => Nearest(points, to.Positions[b], b))], device: from.Points.device);
        var (points, normals) = (to.Points.reshape(-1, 3).index_select(0, nearest), to.Normals.reshape(-1, 3).index_select(0, nearest));
        var squared = (from.Points.reshape(-1, 3) - points).square().sum(1).mean();
        var cosine = (from.Normals.reshape(-1, 3) * normals).sum(1).abs().mean();
        return (squared, (cosine * -1) + 1);
    }

    // As rows of all the batch's points.
    private static IEnumerable<long> Nearest(Vector3[] points, Vector3[] among, int sample)
    {
        var search = new PointSearch(among);
        return points.Select(point => ((long)sample * among.Length) + search.Nearest(point).Number);
    }
}
