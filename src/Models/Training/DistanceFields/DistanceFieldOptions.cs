namespace Bitcurve.Models.Training.DistanceFields;

/// <summary>How a distance field is trained and how its surface is found.</summary>
public sealed record DistanceFieldOptions
{
    /// <summary>Points per shape and step; the published number.</summary>
    public int QueriesPerStep { get; init; } = 50_000;

    /// <summary>Distance beyond which it does not matter how far the surface is, in units of the cube's side (Chibane et al. 2020, 3.2).</summary>
    public double Clamp { get; init; } = 0.1;

    /// <summary>Points drawn from the cube to begin with.</summary>
    public int FirstPoints { get; init; } = 20_000;

    /// <summary>Points of the cloud that is compared with the surface.</summary>
    public int CloudPoints { get; init; } = 20_000;

    /// <summary>How often a point is moved by its distance (the authors' code).</summary>
    public int ProjectionSteps { get; init; } = 7;

    /// <summary>Distance below which a moved point counts as on the surface (the authors' code).</summary>
    public double Tolerance { get; init; } = 0.009;

    /// <summary>Few points, for the small network.</summary>
    public static readonly DistanceFieldOptions Small = new() { QueriesPerStep = 256, FirstPoints = 256, CloudPoints = 384, ProjectionSteps = 4, Tolerance = 0.02 };
}
