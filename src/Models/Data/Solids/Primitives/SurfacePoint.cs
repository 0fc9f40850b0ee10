using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A point on a surface and the outward unit normal there.</summary>
public readonly record struct SurfacePoint(Vector3 Position, Vector3 Normal);
