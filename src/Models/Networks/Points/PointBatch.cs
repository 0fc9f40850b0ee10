using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Points;

/// <summary>
/// Several clouds of one size as one: the points of a scale lie one cloud after the other in the rows of N x C tensors, and indices count
/// through all of them. The tensors belong to the dispose scope it was made in.
/// </summary>
/// <param name="Clouds">Clouds put together.</param>
/// <param name="Positions">N x 3: the points of the finest scale.</param>
/// <param name="Scales">Finest first.</param>
public sealed record PointBatch(int Clouds, Tensor Positions, IReadOnlyList<PointBatchScale> Scales)
{
    /// <exception cref="ArgumentException">The clouds differ in their number of points or scales.</exception>
    public static PointBatch Of(IReadOnlyList<PointPyramid> clouds, Device device)
    {
        var first = clouds[0];
        foreach (var cloud in clouds)
        {
            if (cloud.Scales.Count != first.Scales.Count || cloud.Scales[0].Positions.Length != first.Scales[0].Positions.Length)
            {
                throw new ArgumentException(
                    $"point batch: expected clouds of {first.Scales[0].Positions.Length} points at {first.Scales.Count} scales, actual {cloud.Scales[0].Positions.Length} at {cloud.Scales.Count}");
            }
        }

        var positions = clouds.SelectMany(cloud => cloud.Scales[0].Positions).ToArray();
        return new(clouds.Count, Rows(positions, device), [.. first.Scales.Select((_, scale) => Scale([.. clouds.Select(cloud => cloud.Scales[scale])], device))]);
    }

    /// <summary>Points as rows of x, y, z.</summary>
    internal static Tensor Rows(Vector3[] points, Device device) =>
        tensor(MemoryMarshal.Cast<Vector3, float>(points).ToArray(), [points.Length, 3], device: device);

    private static PointBatchScale Scale(PointScale[] scales, Device device) => new(
        scales.Sum(scale => scale.Positions.Length),
        NeighbourTensors.Of([.. scales.Select(scale => scale.Attention)], scales[0].Positions.Length, device),
        scales[0].Pooling is null ? null : NeighbourTensors.Of([.. scales.Select(scale => scale.Pooling!)], scales[0].Interpolation!.Rows, device),
        scales[0].Interpolation is null ? null : NeighbourTensors.Of([.. scales.Select(scale => scale.Interpolation!)], scales[0].Positions.Length, device, weighted: true));
}

/// <summary>One scale of a batch; as <see cref="PointScale"/>.</summary>
public sealed record PointBatchScale(long Points, NeighbourTensors Attention, NeighbourTensors? Pooling, NeighbourTensors? Interpolation);

/// <summary>Neighbourhoods of R rows with K neighbours each, as tensors.</summary>
/// <param name="Rows">R.</param>
/// <param name="Size">K.</param>
/// <param name="Indices">RK, Int64: rows of the neighbours' features.</param>
/// <param name="Offsets">RK x 3, neighbour minus point.</param>
/// <param name="Weights">RK x 1 by inverse distance, or null.</param>
public sealed record NeighbourTensors(long Rows, long Size, Tensor Indices, Tensor Offsets, Tensor? Weights)
{
    /// <summary>Puts neighbourhoods together; those of the k-th are among rows k <paramref name="others"/> and following.</summary>
    public static NeighbourTensors Of(IReadOnlyList<Neighbourhood> parts, int others, Device device, bool weighted = false)
    {
        var indices = parts.SelectMany((part, k) => part.Indices.Select(index => index + ((long)k * others))).ToArray();
        var offsets = parts.SelectMany(part => part.Offsets).ToArray();
        var size = parts[0].Size;
        return new(
            indices.Length / size,
            size,
            tensor(indices, device: device),
            tensor(offsets, [indices.Length, 3], device: device),
            weighted ? tensor(parts.SelectMany(part => part.InverseDistanceWeights()).ToArray(), [indices.Length, 1], device: device) : null);
    }

    /// <summary>The neighbours' features, R x K x C.</summary>
    /// <param name="features">Others x C.</param>
    public Tensor Gather(Tensor features) => features.index_select(0, Indices).view(Rows, Size, features.shape[1]);
}
