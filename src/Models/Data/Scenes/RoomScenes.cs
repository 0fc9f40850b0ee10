using System.Numerics;
using System.Runtime.InteropServices;
using Bitcurve.Models.Data.Solids;

namespace Bitcurve.Models.Data.Scenes;

/// <summary>Procedural rooms of one style.</summary>
public sealed class RoomScenes(RoomsOptions options) : SceneSet
{
    private readonly Lazy<SampleSplits<RoomSample>> rooms = new(() => RoomsDataset.Load(options));

    public override IReadOnlyList<string> ClassNames => Rooms.LabelNames;

    public override string ContentHash => rooms.Value.ContentHash;

    // Known without a room being drawn.
    public override int Count(Split split) => split switch
    {
        Split.Train => options.TrainCount,
        Split.Validation => options.ValidationCount,
        _ => options.TestCount,
    };

    public override Scene Get(Split split, int index)
    {
        var room = rooms.Value[split][index];
        return new(Points(room.Points), Points(room.Queries), room.Distances, Labels(room.QueryLabels), Points(room.Surface), Labels(room.SurfaceLabels));
    }

    private static Vector3[] Points(float[] coordinates) => MemoryMarshal.Cast<float, Vector3>(coordinates).ToArray();

    private static int[] Labels(byte[] labels) => Array.ConvertAll(labels, label => (int)label);
}
