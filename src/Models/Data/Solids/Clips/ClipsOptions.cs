namespace Bitcurve.Models.Data.Solids;

/// <summary>Which clips to draw.</summary>
public sealed record ClipsOptions : GeneratedOptions
{
    /// <summary>The size of R3D-18's clips: 16 frames of 112 x 112 pixels; 0.6 MB each.</summary>
    public static ClipsOptions Full { get; } = new() { TrainCount = 400, ValidationCount = 100, TestCount = 100, Length = 16, Size = 112 };

    public static ClipsOptions Small { get; } = new() { TrainCount = 1200, ValidationCount = 200, TestCount = 400, Length = 8, Size = 32 };

    /// <summary>Frames.</summary>
    public int Length { get; init; } = 8;

    /// <summary>Pixels along each side.</summary>
    public int Size { get; init; } = 32;

    /// <summary>Smallest standard deviation of a clip's pixel noise, on the scale 0 .. 1.</summary>
    public double SmallestNoise { get; init; } = 0.01;

    /// <summary>Largest standard deviation of a clip's pixel noise.</summary>
    public double LargestNoise { get; init; } = 0.08;

    internal override void Validate()
    {
        base.Validate();
        RequirePositive((Length, nameof(Length)), (Size, nameof(Size)));
        if (!(SmallestNoise >= 0 && SmallestNoise <= LargestNoise))
        {
            throw new ArgumentException($"Expected 0 <= SmallestNoise <= LargestNoise, actual {SmallestNoise} and {LargestNoise}.");
        }
    }
}
