using Bitcurve.Models.Networks.RangeUdf;

namespace Bitcurve.Models.Training.Scenes;

/// <summary>What decides learning and measuring on scenes, besides data and recipe.</summary>
public sealed record SceneSettings
{
    public required SceneTask Task { get; init; }

    public required RangeUdfDescription Network { get; init; }

    /// <summary>Queries drawn from each scene's in a step.</summary>
    public required int QueriesPerScene { get; init; }

    /// <summary>Distances beyond this count as this (Chibane et al. 2020): what is far away needs no exact distance.</summary>
    public float LargestDistance { get; init; } = 0.1f;

    /// <summary>Threshold of F1, in edges of the unit cube (thesis 6.4.1.2).</summary>
    public float Delta { get; init; } = 0.005f;

    /// <summary>Points of the true surface that are classified per scene, and that a reconstruction has.</summary>
    public required int SurfacePoints { get; init; }

    /// <summary>Scenes of a split that are reconstructed to be measured: the first so many.</summary>
    public int ReconstructedScenes { get; init; } = int.MaxValue;
}
