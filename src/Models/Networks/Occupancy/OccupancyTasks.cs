namespace Bitcurve.Models.Networks.Occupancy;

/// <summary>What an encoding is decoded into (thesis 5.3).</summary>
[Flags]
public enum OccupancyTasks
{
    None = 0,

    /// <summary>Whether a point lies inside the shape.</summary>
    Reconstruction = 1,

    /// <summary>The shape's category.</summary>
    Classification = 2,

    /// <summary>The part that a point inside the shape belongs to.</summary>
    Segmentation = 4,
}
