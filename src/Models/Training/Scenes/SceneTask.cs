namespace Bitcurve.Models.Training.Scenes;

/// <summary>What a RangeUDF network is trained for, and what of it then changes (thesis 6.5, Table 1).</summary>
public enum SceneTask
{
    /// <summary>Distances and classes together, all weights; both losses are weighed by learned uncertainties (Kendall et al. 2018).</summary>
    Joint,

    /// <summary>Distances alone.</summary>
    Geometry,

    /// <summary>Classes alone, from encodings that stay as they are: a context module, where there is one, and the semantic head.</summary>
    FrozenSemantics,

    /// <summary>Classes alone, by changing the encoder; the distance head stays as it is.</summary>
    UnfrozenSemantics,
}
