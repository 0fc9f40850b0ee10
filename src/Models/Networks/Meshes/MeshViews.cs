using System.Numerics;
using Bitcurve.Models.Data;

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>A picture of an object and its true surface, in the camera's frame.</summary>
/// <param name="Image">3 x S x S bytes.</param>
/// <param name="Box">Where the object is in the image.</param>
/// <param name="Points">Q points uniform on the surface.</param>
/// <param name="Normals">Q unit normals there.</param>
public sealed record MeshView(byte[] Image, ImageBox Box, Vector3[] Points, Vector3[] Normals);

/// <summary>Pictures of one camera in three splits, each loaded when first asked for. Thread-safe.</summary>
public sealed class MeshViews
{
    private readonly Lazy<IReadOnlyList<MeshView>>[] views;
    private readonly Lazy<string> hash;

    /// <param name="camera">Took every picture.</param>
    /// <param name="load">Gives the pictures of a split; asked once for each.</param>
    /// <param name="contentHash">Gives a hash of all of them.</param>
    public MeshViews(ViewCamera camera, Func<Split, IReadOnlyList<MeshView>> load, Func<string> contentHash)
    {
        Camera = camera;
        views = [.. Enum.GetValues<Split>().Select(split => new Lazy<IReadOnlyList<MeshView>>(() => load(split)))];
        hash = new(contentHash);
    }

    public ViewCamera Camera { get; }

    public string ContentHash => hash.Value;

    public IReadOnlyList<MeshView> this[Split split] => views[(int)split].Value;
}
