using System.Numerics;
using Bitcurve.Models.Networks.Points;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.RangeUdf;

/// <summary>Places at which fields are asked for, and the input points around each. The tensors belong to the dispose scope it was made in.</summary>
/// <param name="Positions">R x 3; gradients reach it.</param>
/// <param name="Indices">RK, Int64: rows of the neighbours' encodings.</param>
/// <param name="Sources">R x K x 3: where the neighbours are.</param>
/// <param name="Size">K.</param>
public sealed record PointQueries(Tensor Positions, Tensor Indices, Tensor Sources, long Size)
{
    /// <summary>Queries of several clouds, one after the other.</summary>
    /// <param name="positions">All of them.</param>
    /// <param name="parts">For each cloud its queries' neighbours.</param>
    /// <param name="cloudSize">Points per cloud.</param>
    /// <param name="device">Where to compute.</param>
    public static PointQueries Of(Vector3[] positions, IReadOnlyList<Neighbourhood> parts, int cloudSize, Device device)
    {
        var size = parts[0].Size;
        var indices = parts.SelectMany((part, cloud) => part.Indices.Select(index => index + ((long)cloud * cloudSize))).ToArray();
        var sources = new Vector3[indices.Length];
        var at = 0;
        foreach (var part in parts)
        {
            for (var k = 0; k < part.Indices.Length; k++, at++)
            {
                sources[at] = positions[at / size] + new Vector3(part.Offsets.AsSpan(3 * k, 3));
            }
        }

        return new(
            PointBatch.Rows(positions, device),
            tensor(indices, device: device),
            PointBatch.Rows(sources, device).view(positions.Length, size, 3),
            size);
    }

    /// <summary>The neighbours' features, R x K x C.</summary>
    public Tensor Gather(Tensor features) => features.index_select(0, Indices).view(Positions.shape[0], Size, features.shape[1]);
}
