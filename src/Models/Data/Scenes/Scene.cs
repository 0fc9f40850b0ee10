using System.Numerics;

namespace Bitcurve.Models.Data.Scenes;

/// <summary>A room or the like within the unit cube, as points: what a network sees, what it is asked and what is true.</summary>
/// <param name="Points">The network's input: a sparse sample of the surface, without labels.</param>
/// <param name="Queries">Places on and near the surface.</param>
/// <param name="Distances">Unsigned distance of each query to the surface.</param>
/// <param name="QueryLabels">Class of the surface next to each query, or <see cref="Unlabelled"/>.</param>
/// <param name="Surface">A dense sample of the surface, uniform by area, in random order.</param>
/// <param name="SurfaceLabels">Class of each of its points, or <see cref="Unlabelled"/>.</param>
public sealed record Scene(
    Vector3[] Points,
    Vector3[] Queries,
    float[] Distances,
    int[] QueryLabels,
    Vector3[] Surface,
    int[] SurfaceLabels)
{
    /// <summary>The label of what has no class: cross-entropy leaves it out, as do all metrics.</summary>
    public const int Unlabelled = -100;
}
