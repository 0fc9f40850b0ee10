using System.Numerics;
using System.Runtime.InteropServices;
using Bitcurve.Models.Data.Solids;

namespace Bitcurve.Models.Data.Scenes;

/// <summary>Rooms, generated or scanned.</summary>
/// <param name="load">Makes or opens them, once.</param>
/// <param name="classNames">The names of their labels, in the order of the numbers.</param>
public sealed class RoomScenes(Func<SampleSplits<RoomSample>> load, IReadOnlyList<string> classNames) : SceneSet
{
    private readonly Lazy<SampleSplits<RoomSample>> rooms = new(load);

    public override IReadOnlyList<string> ClassNames => classNames;

    public override string ContentHash => rooms.Value.ContentHash;

    /// <exception cref="DataFormatException">Scans are missing or break their format.</exception>
    public override int Count(Split split) => rooms.Value[split].Count;

    public override Scene Get(Split split, int index)
    {
        var room = rooms.Value[split][index];
        return new(Points(room.Points), Points(room.Queries), room.Distances, Labels(room.QueryLabels), Points(room.Surface), Labels(room.SurfaceLabels));
    }

    private static Vector3[] Points(float[] coordinates) => MemoryMarshal.Cast<float, Vector3>(coordinates).ToArray();

    private static int[] Labels(byte[] labels) => Array.ConvertAll(labels, label => (int)label);
}
