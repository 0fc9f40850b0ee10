namespace Bitcurve.Models.Data.Solids;

/// <summary>A body and what it is called.</summary>
public sealed record ShapePart(Solid Solid, int Label)
{
    /// <summary>Kept, since bodies compute theirs.</summary>
    public Bounds Bounds { get; } = Solid.Bounds;
}
