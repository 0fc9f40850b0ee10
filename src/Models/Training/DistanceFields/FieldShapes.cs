using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Bitcurve.Models.Data.Volumes;

namespace Bitcurve.Models.Training.DistanceFields;

/// <summary>Surfaces as a distance field learns them: a grid of where some points of the surface lie, and distances at points near it.</summary>
public sealed class FieldShapes
{
    private readonly Lazy<string> contentHash;

    /// <param name="grids">N of 1 x R x R x R bytes in z, y, x order: 1 where a point of the surface lies.</param>
    /// <param name="queries">N of Q x 3 coordinates in [-0.5, 0.5]: x, y, z.</param>
    /// <param name="distances">N of Q distances to the surface, at least 0.</param>
    /// <param name="surfaces">N of S x 3 coordinates of points on the surface.</param>
    /// <exception cref="ArgumentException">The numbers differ, a shape has no points, or something is not finite or negative.</exception>
    public FieldShapes(ByteSamples grids, IReadOnlyList<float[]> queries, IReadOnlyList<float[]> distances, IReadOnlyList<float[]> surfaces)
    {
        (Grids, Queries, Distances, Surfaces) = (grids, queries, distances, surfaces);
        if (queries.Count != grids.Count || distances.Count != grids.Count || surfaces.Count != grids.Count)
        {
            throw new ArgumentException($"{grids.Name}: expected queries, distances and surfaces of {grids.Count} shapes, actual {queries.Count}, {distances.Count} and {surfaces.Count}");
        }

        for (var index = 0; index < grids.Count; index++)
        {
            if (queries[index].Length != 3 * distances[index].Length || queries[index].Length == 0 || surfaces[index].Length % 3 != 0 || surfaces[index].Length == 0)
            {
                throw new ArgumentException(
                    $"{grids.Name}, shape {index}: expected a distance for each query and points of three coordinates, actual {queries[index].Length} coordinates, {distances[index].Length} distances and {surfaces[index].Length} coordinates of the surface");
            }

            if (!distances[index].All(d => float.IsFinite(d) && d >= 0) || !queries[index].Concat(surfaces[index]).All(float.IsFinite))
            {
                throw new ArgumentException($"{grids.Name}, shape {index}: expected finite coordinates and distances of at least 0, actual others");
            }
        }

        contentHash = new(ComputeHash);
    }

    public ByteSamples Grids { get; }

    /// <summary>N of Q x 3.</summary>
    public IReadOnlyList<float[]> Queries { get; }

    /// <summary>N of Q.</summary>
    public IReadOnlyList<float[]> Distances { get; }

    /// <summary>N of S x 3.</summary>
    public IReadOnlyList<float[]> Surfaces { get; }

    /// <summary>N.</summary>
    public int Count => Grids.Count;

    /// <summary>SHA-256 (hex) of everything.</summary>
    public string ContentHash => contentHash.Value;

    private string ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Convert.FromHexString(Grids.ContentHash));
        foreach (var values in Queries.Concat(Distances).Concat(Surfaces))
        {
            hash.AppendData(BitConverter.GetBytes(values.Length));
            hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
