namespace Bitcurve.Models.Data.Solids;

/// <summary>A neighbourhood of a room as voxels and the labels of the column in its middle.</summary>
/// <param name="Grid">
/// 2 x Height x Side x Side values in the order channel, height (upwards), z, x. Channel 0: 1 occupied, 0 free, -1 not seen by the scan.
/// Channel 1: 1 seen, 0 not seen.</param>
/// <param name="Labels">Height labels of the middle column upwards: 0 free, which is not judged, otherwise 1 + the room's label.</param>
public sealed record ColumnSample(sbyte[] Grid, byte[] Labels) : ISample
{
    public void AddTo(SampleDigest digest)
    {
        digest.Add<sbyte>(Grid);
        digest.Add<byte>(Labels);
    }
}
