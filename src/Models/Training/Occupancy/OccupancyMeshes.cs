using System.Numerics;
using Bitcurve.Models.Networks.Occupancy;
using Bitcurve.Models.Surfaces;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.Occupancy;

/// <summary>
/// Surfaces from encodings: the decoder on a regular grid, then marching cubes at the threshold. Mescheder et al. (2019, 3.3) refine an octree
/// instead, which finds the same surface unless a piece of it slips through the coarse grid.
/// </summary>
internal static class OccupancyMeshes
{
    // Half the padded cube's side: the queries' (Mescheder et al. 2019, supplementary 2).
    private const float Reach = 0.55f;

    // Query points that are decoded together.
    private const int Chunk = 1 << 15;

    /// <param name="network">In evaluation mode.</param>
    /// <param name="encoding">1 x c.</param>
    /// <param name="options">Resolution and threshold.</param>
    internal static TriangleMesh Extract(OccupancyNetwork network, Tensor encoding, OccupancyOptions options)
    {
        var resolution = options.MeshResolution;
        var field = new float[resolution * resolution * resolution];
        for (var first = 0; first < field.Length; first += Chunk)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(Chunk, field.Length - first);
            var positions = new float[3 * count];
            for (var k = 0; k < count; k++)
            {
                var (rest, x) = Math.DivRem(first + k, resolution);
                var (z, y) = Math.DivRem(rest, resolution);
                (positions[3 * k], positions[(3 * k) + 1], positions[(3 * k) + 2]) = (Along(x, resolution), Along(y, resolution), Along(z, resolution));
            }

            var logits = network.Decode(tensor(positions, [1, count, 3], device: encoding.device), encoding, OccupancyTasks.Reconstruction).Occupancy!;
            logits.data<float>().ToArray().CopyTo(field, first);
        }

        var bounds = new BoundingBox(new Vector3(-Reach), new Vector3(Reach));
        return MarchingCubes.Extract(field, resolution, (float)options.ThresholdLogit, bounds, Inside.Above, closeAtBorder: true);
    }

    /// <summary>The label of the likeliest part at each point.</summary>
    internal static int[] PartsAt(OccupancyNetwork network, Tensor encoding, IReadOnlyList<Vector3> points)
    {
        if (points.Count == 0)
        {
            return [];
        }

        float[] positions = [.. points.SelectMany(point => new[] { point.X, point.Y, point.Z })];
        var parts = network.Decode(tensor(positions, [1, points.Count, 3], device: encoding.device), encoding, OccupancyTasks.Segmentation).Parts!;
        return [.. parts.argmax(2).data<long>().ToArray().Select(label => (int)label)];
    }

    private static float Along(int index, int resolution) => Reach * ((2f * index / (resolution - 1)) - 1);
}
