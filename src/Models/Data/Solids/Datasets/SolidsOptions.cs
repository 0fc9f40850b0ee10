namespace Bitcurve.Models.Data.Solids;

/// <summary>Which voxel grids to draw.</summary>
public sealed record SolidsOptions : GeneratedOptions
{
    /// <summary>32^3, as many samples as a tenth or so of ModelNet40.</summary>
    public static SolidsOptions Full { get; } = new() { TrainCount = 4000, ValidationCount = 500, TestCount = 1000, Resolution = 32 };

    /// <summary>16^3.</summary>
    public static SolidsOptions Small { get; } = new() { TrainCount = 1500, ValidationCount = 300, TestCount = 500, Resolution = 16 };

    /// <summary>Voxels along each axis.</summary>
    public int Resolution { get; init; } = 32;

    /// <summary>Bodies are grown by this, in voxels, so that thin legs leave a trace.</summary>
    public float Margin { get; init; } = 0.25f;

    public ShapeVariation Variation { get; init; } = new();

    /// <summary>0 up to so many small bodies are added anywhere.</summary>
    public int MaximumClutter { get; init; } = 2;

    /// <summary>Share of grids of which a part is cut away by a plane.</summary>
    public double CutProbability { get; init; } = 0.4;

    /// <summary>Every voxel is flipped with this probability.</summary>
    public double NoiseProbability { get; init; } = 0.005;

    internal override void Validate()
    {
        base.Validate();
        RequirePositive((Resolution, nameof(Resolution)), (MaximumClutter + 1, $"{nameof(MaximumClutter)} + 1"));
        Variation.Validate();
    }
}
