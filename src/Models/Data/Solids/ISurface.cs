using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A labelled surface put together from bodies.</summary>
public interface ISurface
{
    IReadOnlyList<ShapePart> Parts { get; }

    /// <summary>True where a point of one part's surface is no surface of the whole, since it lies inside another part.</summary>
    /// <param name="point">On the surface of <paramref name="part"/>.</param>
    /// <param name="part">Its index.</param>
    bool IsHidden(Vector3 point, int part);
}
