namespace Bitcurve.Models.Data.Solids;

/// <summary>How a drawn shape is put into the cube, and how often something is missing. Lengths are shares of the cube's side.</summary>
public sealed record ShapeVariation
{
    /// <summary>The shape is turned about the vertical by an angle uniform in plus or minus this; radians. Default: any.</summary>
    public float MaximumTurn { get; init; } = MathF.PI;

    /// <summary>Then tilted about a random horizontal axis by at most this; radians.</summary>
    public float MaximumTilt { get; init; } = 0.1f;

    /// <summary>Smallest longest side of the shape's bounds.</summary>
    public float SmallestExtent { get; init; } = 0.65f;

    /// <summary>Largest longest side of the shape's bounds; at most 1.</summary>
    public float LargestExtent { get; init; } = 0.95f;

    /// <summary>Every part that a shape can do without is missing with this probability.</summary>
    public float MissingProbability { get; init; } = 0.06f;

    /// <exception cref="ArgumentException">An extent is not in (0, 1], the extents are in the wrong order, or another value is out of range.</exception>
    internal void Validate()
    {
        bool extents = SmallestExtent > 0 && SmallestExtent <= LargestExtent && LargestExtent <= 1;
        bool rest = MaximumTurn is >= 0 and <= MathF.PI && MaximumTilt is >= 0 and <= 1 && MissingProbability is >= 0 and <= 1;
        if (!extents || !rest)
        {
            throw new ArgumentException(
                "Expected 0 < SmallestExtent <= LargestExtent <= 1, MaximumTurn in 0 .. pi, MaximumTilt and MissingProbability in 0 .. 1, "
                + $"actual {this}.");
        }
    }
}
