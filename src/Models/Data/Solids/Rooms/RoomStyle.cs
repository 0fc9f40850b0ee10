namespace Bitcurve.Models.Data.Solids;

/// <summary>The two sets of scenes: equal labels, other furniture in other numbers and sizes.</summary>
public enum RoomStyle
{
    /// <summary>Set a: offices of 2.6 to 4 m with tables, chairs around them and high shelves.</summary>
    Office = 0,

    /// <summary>Set b: living rooms of 3.2 to 5 m with sofas, low tables, low shelves, lamps and boxes.</summary>
    Living = 1,
}
