namespace Bitcurve.Models.Training.Occupancy;

/// <summary>What an occupancy network sees of a shape, and how it is measured.</summary>
public sealed record OccupancyOptions
{
    /// <summary>Thesis 5.4 and Mescheder et al. 2019.</summary>
    public static readonly OccupancyOptions Full = new();

    /// <summary>Fewer points and queries, coarser meshes of fewer shapes.</summary>
    public static readonly OccupancyOptions Small = new() { Points = 100, Queries = 256, EvaluationQueries = 1024, MeshResolution = 32, MeshedShapes = 24, MeshPoints = 2048 };

    /// <summary>The thesis names a standard deviation of 0.005 (5.4.2) and of 0.05 (5.4.1); Mescheder et al. use the former.</summary>
    public const float LargerNoise = 0.05f;

    /// <summary>Points of the surface that the encoder takes, drawn anew at each step.</summary>
    public int Points { get; init; } = 300;

    /// <summary>Standard deviation of the normal noise on each coordinate of these.</summary>
    public float Noise { get; init; } = 0.005f;

    /// <summary>Query points of each shape at each step.</summary>
    public int Queries { get; init; } = 2048;

    /// <summary>Query points of each shape when it is measured: the first so many.</summary>
    public int EvaluationQueries { get; init; } = 16384;

    /// <summary>A point whose probability of lying inside is larger than this is taken for one (networks.md; Mescheder et al. 2019).</summary>
    public double Threshold { get; init; } = 0.2;

    /// <summary>Samples along each axis from which meshes are extracted.</summary>
    public int MeshResolution { get; init; } = 128;

    /// <summary>The Chamfer distance is measured on so many shapes, evenly spaced over the split.</summary>
    public int MeshedShapes { get; init; } = 100;

    /// <summary>Points drawn on each mesh for it, and at most so many of the true surface.</summary>
    public int MeshPoints { get; init; } = 10_000;

    /// <summary>The logit of <see cref="Threshold"/>.</summary>
    public double ThresholdLogit => Math.Log(Threshold / (1 - Threshold));
}
