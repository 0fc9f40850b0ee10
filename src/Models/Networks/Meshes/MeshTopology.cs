using Bitcurve.Models.Surfaces;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>Which vertices of a mesh are joined, whatever their positions. Immutable.</summary>
public sealed class MeshTopology
{
    private readonly long[] sources;
    private readonly long[] targets;

    public MeshTopology(TriangleMesh mesh)
    {
        (VertexCount, Triangles) = (mesh.Vertices.Length, mesh.Triangles);
        Edges = [.. Triangles.SelectMany(t => new[] { (t.A, t.B), (t.B, t.C), (t.C, t.A) })
            .Select(edge => (From: Math.Min(edge.Item1, edge.Item2), To: Math.Max(edge.Item1, edge.Item2))).Distinct()];
        sources = [.. Edges.Select(edge => (long)edge.From), .. Edges.Select(edge => (long)edge.To)];
        targets = [.. Edges.Select(edge => (long)edge.To), .. Edges.Select(edge => (long)edge.From)];
    }

    /// <summary>V.</summary>
    public int VertexCount { get; }

    public IReadOnlyList<Triangle> Triangles { get; }

    /// <summary>Each edge once, E of them.</summary>
    public IReadOnlyList<(int From, int To)> Edges { get; }

    /// <summary>The edges in both directions, as indices of vertices on a device. The caller's.</summary>
    public MeshArcs Arcs(Device device) => new(tensor(sources, device: device), tensor(targets, device: device));
}

/// <summary>2 E directed edges between vertices; the first E of them name each edge once.</summary>
/// <param name="Sources">2 E indices, Int64.</param>
/// <param name="Targets">2 E indices, Int64.</param>
public readonly record struct MeshArcs(Tensor Sources, Tensor Targets);
