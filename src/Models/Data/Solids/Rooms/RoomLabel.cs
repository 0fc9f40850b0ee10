namespace Bitcurve.Models.Data.Solids;

/// <summary>What a surface of a room belongs to. Floors, table tops, seats, shelves and lids are all alike nearby; only their surroundings tell.</summary>
public enum RoomLabel
{
    Floor = 0,
    Wall = 1,
    Table = 2,
    Chair = 3,
    Sofa = 4,
    Shelf = 5,
    Lamp = 6,
    Box = 7,
}
