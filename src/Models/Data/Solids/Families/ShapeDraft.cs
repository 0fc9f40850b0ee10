using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A shape while its parts are drawn, in units of its own: y up, the ground at y = 0.</summary>
/// <param name="random">The shape's stream.</param>
/// <param name="missingProbability">0 .. 1.</param>
internal sealed class ShapeDraft(KeyedRandom random, float missingProbability)
{
    /// <summary>Parts reach into each other by this, so that no two of their faces coincide and shared faces are hidden.</summary>
    public const float Overlap = 0.01f;

    private readonly List<(Solid Solid, int Part)> solids = [];

    /// <summary>The shape's stream, for draws without a noun here.</summary>
    public KeyedRandom Random => random;

    public float Between(float low, float high) => random.NextSingle(low, high);

    public bool Chance(double probability) => random.NextBool(probability);

    /// <summary>Adds a body to a part, numbered within the category.</summary>
    public void Add(int part, Solid solid) => solids.Add((solid, part));

    /// <summary>Adds a body unless it is missing.</summary>
    public void AddOptional(int part, Solid solid)
    {
        if (!random.NextBool(missingProbability))
        {
            Add(part, solid);
        }
    }

    /// <summary>Turns, tilts, scales and shifts everything into the cube [-0.5, 0.5]^3.</summary>
    public PartedShape Finish(int category, int firstLabel, ShapeVariation variation)
    {
        var turn = Quaternion.CreateFromAxisAngle(Vector3.UnitY, random.NextSingle(-variation.MaximumTurn, variation.MaximumTurn));
        var tilt = Quaternion.CreateFromAxisAngle(random.NextHorizontal(), random.NextSingle(-variation.MaximumTilt, variation.MaximumTilt));
        var pose = new Pose(Quaternion.Normalize(tilt * turn), Vector3.Zero, 1);
        Bounds bounds = solids.Select(part => new Moved(part.Solid, pose).Bounds).Aggregate(Bounds.Joined);
        Vector3 extent = bounds.Extent;
        float scale = random.NextSingle(variation.SmallestExtent, variation.LargestExtent) / MathF.Max(extent.X, MathF.Max(extent.Y, extent.Z));
        // The centre may be anywhere that keeps the shape in the cube.
        Vector3 room = 0.5f * (Vector3.One - (scale * extent));
        Vector3 shift = random.NextPoint(Bounds.Around(Vector3.Zero, 0.5f * room)) - (scale * bounds.Centre);
        pose = pose with { Translation = shift, Scale = scale };
        return new PartedShape([.. solids.Select(part => new ShapePart(new Moved(part.Solid, pose), firstLabel + part.Part))], category);
    }
}
