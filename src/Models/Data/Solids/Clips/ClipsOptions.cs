namespace Bitcurve.Models.Data.Solids;

/// <summary>Which clips to draw.</summary>
public sealed record ClipsOptions : GeneratedOptions
{
    /// <summary>The size of R3D-18's clips: 16 frames of 112 x 112 pixels; 0.6 MB each.</summary>
    public static ClipsOptions Full { get; } = new() { TrainCount = 400, ValidationCount = 100, TestCount = 100, Length = 16, Size = 112 };

    /// <summary>A still ground and one quick actor: what a network with few channels learns from few clips.</summary>
    public static ClipsOptions Small { get; } = new()
    {
        TrainCount = 1600,
        ValidationCount = 300,
        TestCount = 400,
        Length = 8,
        Size = 24,
        LargestNoise = 0.04,
        LargestDrift = 0,
        BystanderProbability = 0,
        Pace = 2,
    };

    /// <summary>Frames.</summary>
    public int Length { get; init; } = 8;

    /// <summary>Pixels along each side.</summary>
    public int Size { get; init; } = 32;

    /// <summary>Smallest standard deviation of a clip's pixel noise, on the scale 0 .. 1.</summary>
    public double SmallestNoise { get; init; } = 0.01;

    /// <summary>Largest standard deviation of a clip's pixel noise.</summary>
    public double LargestNoise { get; init; } = 0.08;

    /// <summary>How far the ground drifts in half a clip along each axis at most, half frames.</summary>
    public double LargestDrift { get; init; } = 0.2;

    /// <summary>Multiplies the speeds that tell the classes apart.</summary>
    public double Pace { get; init; } = 1;

    /// <summary>How often another actor stays in the picture.</summary>
    public double BystanderProbability { get; init; } = 0.5;

    internal override void Validate()
    {
        base.Validate();
        RequirePositive((Length, nameof(Length)), (Size, nameof(Size)));
        if (!(SmallestNoise >= 0 && SmallestNoise <= LargestNoise))
        {
            throw new ArgumentException($"Expected 0 <= SmallestNoise <= LargestNoise, actual {SmallestNoise} and {LargestNoise}.");
        }

        if (!(LargestDrift >= 0 && Pace > 0 && BystanderProbability is >= 0 and <= 1))
        {
            throw new ArgumentException($"Expected LargestDrift >= 0, Pace > 0 and BystanderProbability in [0,1], actual {LargestDrift}, {Pace} and {BystanderProbability}.");
        }
    }
}
