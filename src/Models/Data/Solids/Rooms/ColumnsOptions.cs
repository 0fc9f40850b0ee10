namespace Bitcurve.Models.Data.Solids;

/// <summary>Which columns of rooms to draw.</summary>
public sealed record ColumnsOptions : GeneratedOptions
{
    public static ColumnsOptions Full { get; } = new() { TrainCount = 2000, ValidationCount = 300, TestCount = 600 };

    public static ColumnsOptions Small { get; } = new() { TrainCount = 500, ValidationCount = 100, TestCount = 150 };

    public RoomStyle Style { get; init; }

    /// <summary>Share of voxels seen whose occupancy is wrong.</summary>
    public double NoiseProbability { get; init; } = 0.01;

    internal override void Validate()
    {
        base.Validate();
        if (!Enum.IsDefined(Style) || NoiseProbability is not (>= 0 and <= 1))
        {
            throw new ArgumentException(
                $"Expected a room style and {nameof(NoiseProbability)} in 0 .. 1, actual {Style}, {NoiseProbability}.");
        }
    }
}
