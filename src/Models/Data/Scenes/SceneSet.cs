namespace Bitcurve.Models.Data.Scenes;

/// <summary>Scenes with the same classes, all with the same numbers of points; loaded or generated when first asked for. Thread-safe.</summary>
public abstract class SceneSet
{
    public abstract IReadOnlyList<string> ClassNames { get; }

    /// <summary>SHA-256 (hex) of all scenes, or of whatever decides them.</summary>
    public abstract string ContentHash { get; }

    public abstract int Count(Split split);

    /// <summary>One scene, the same whenever it is asked for.</summary>
    public abstract Scene Get(Split split, int index);
}
