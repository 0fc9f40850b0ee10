using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A closed body (or, for <see cref="Panel"/>, an open sheet) with an exact distance and an exactly uniform surface sampler.</summary>
/// <remarks>Lengths are in the units of the space it stands in; y points up. Immutable and thread-safe.</remarks>
public abstract record Solid
{
    /// <summary>The smallest box along the axes that holds the body, or one slightly larger.</summary>
    public abstract Bounds Bounds { get; }

    /// <summary>Area of the surface.</summary>
    public abstract float Area { get; }

    /// <summary>The signed distance to the surface: negative inside, exact everywhere up to rounding.</summary>
    public abstract float Distance(Vector3 point);

    /// <summary>A point uniform by area on the surface, with the outward unit normal.</summary>
    public abstract SurfacePoint Sample(KeyedRandom random);
}
