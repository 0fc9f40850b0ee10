using System.Numerics;
using Bitcurve.Models.Surfaces;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>A sphere stretched into each object's box, where refinement starts; as deep as it is wide and high on average, around the origin's depth.</summary>
internal sealed class StartShape
{
    private readonly TriangleMesh sphere;

    /// <param name="level">Splits of the icosahedron.</param>
    internal StartShape(int level)
    {
        sphere = IcoSphere.Of(level);
        Topology = new MeshTopology(sphere);
    }

    internal MeshTopology Topology { get; }

    /// <summary>V x B x 3.</summary>
    internal Tensor Place(IReadOnlyList<ImageBox> boxes, ViewCamera camera, Device device)
    {
        var values = new float[sphere.Vertices.Length * boxes.Count * 3];
        for (var b = 0; b < boxes.Count; b++)
        {
            var placed = Placed(boxes[b], camera);
            for (var v = 0; v < placed.Length; v++)
            {
                placed[v].CopyTo(values, ((v * boxes.Count) + b) * 3);
            }
        }

        return tensor(values, [sphere.Vertices.Length, boxes.Count, 3], device: device);
    }

    private Vector3[] Placed(ImageBox box, ViewCamera camera)
    {
        var centre = new Vector3(box.Left + box.Right, -(box.Top + box.Bottom), 0) * (camera.HalfExtent / 2);
        var (width, height) = ((box.Right - box.Left) * camera.HalfExtent / 2, (box.Bottom - box.Top) * camera.HalfExtent / 2);
        var radius = new Vector3(width, height, (width + height) / 2);
        return Array.ConvertAll(sphere.Vertices, vertex => centre + (vertex * radius));
    }
}
