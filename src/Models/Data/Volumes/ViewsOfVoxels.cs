namespace Bitcurve.Models.Data.Volumes;

/// <summary>Pictures of shapes with the voxels that the shapes fill.</summary>
public sealed class ViewsOfVoxels
{
    /// <param name="images">N of 3 x H x W bytes.</param>
    /// <param name="voxels">N of 1 x R x R x R bytes, 1 inside and 0 outside.</param>
    /// <exception cref="ArgumentException">The numbers differ, or a shape fills nothing.</exception>
    public ViewsOfVoxels(ByteSamples images, ByteSamples voxels)
    {
        if (images.Count != voxels.Count)
        {
            throw new ArgumentException($"{images.Name}: expected as many grids as the {images.Count} images, actual {voxels.Count}");
        }

        for (var index = 0; index < voxels.Count; index++)
        {
            if (!voxels[index].Contains((byte)1) || voxels[index].ContainsAnyExcept((byte)0, (byte)1))
            {
                throw new ArgumentException($"{voxels.Name}, sample {index}: expected bytes 0 and 1 with at least one 1, actual {(voxels[index].Contains((byte)1) ? "others" : "none inside")}");
            }
        }

        (Images, Voxels) = (images, voxels);
    }

    public ByteSamples Images { get; }

    public ByteSamples Voxels { get; }
}
