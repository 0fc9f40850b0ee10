namespace Bitcurve.Models.Data.Solids;

/// <summary>The ten kinds of motion, as seen in the image: what a clip is classified by.</summary>
public enum ClipMotion
{
    Left = 0,
    Right = 1,
    Up = 2,
    Down = 3,
    Clockwise = 4,
    Anticlockwise = 5,
    Grow = 6,
    Shrink = 7,

    /// <summary>To and fro along a random line.</summary>
    Swing = 8,

    /// <summary>Nothing but the tremor that all clips have.</summary>
    Still = 9,
}
