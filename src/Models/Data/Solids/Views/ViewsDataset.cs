using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>Shaded images of the ten categories from random sides, with voxels and surface points: what single-view reconstruction learns from.</summary>
public static class ViewsDataset
{
    private const long Stream = 104;

    // At the origin the image spans 1.3: all but the far corners of the cube.
    private const float Range = 2;
    private const float HalfWidth = 0.325f;

    public static SampleSplits<ViewsSample> Load(ViewsOptions options) =>
        Generation.Shared("views", Stream, ShapeFamilies.Categories, options, Draw);

    private static ViewsSample Draw(KeyedRandom random, int category, ViewsOptions options)
    {
        PartedShape shape = ShapeFamilies.Draw(category, random, options.Variation);
        var camera = new Camera(
            random.NextSingle(-options.MaximumAzimuth, options.MaximumAzimuth),
            random.NextSingle(options.SmallestElevation, options.LargestElevation),
            Range,
            HalfWidth);
        DepthImage seen = DepthImage.Render(shape, camera, options.ImageSize);
        byte[] image = Shade(seen, shape, camera, random, options.Noise);
        SurfaceSamples surface = SurfaceSampling.Points(shape, options.SurfaceCount, random);
        byte[] voxels = VoxelGrid.Occupancy(shape, options.Resolution, options.Margin);
        return new ViewsSample(image, seen.Depth, voxels, surface.Positions, surface.Normals, camera, category);
    }

    /// <summary>Lambert's law under one light beside the camera, a colour per part label, a plain background, noise.</summary>
    private static byte[] Shade(DepthImage seen, PartedShape shape, Camera camera, KeyedRandom random, float noise)
    {
        Vector3 background = new(random.NextSingle(0.7f, 1));
        Vector3 light = Vector3.Normalize(
            (random.NextSingle(-1, 1) * camera.Right) + (random.NextSingle(0.3f, 1.2f) * camera.Up) - camera.Forward);
        var colours = new Dictionary<int, Vector3>();
        foreach (ShapePart part in shape.Parts)
        {
            colours.TryAdd(part.Label, random.NextPoint(new Bounds(new Vector3(0.2f), new Vector3(0.9f))));
        }

        int pixels = seen.Size * seen.Size;
        byte[] image = new byte[3 * pixels];
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            Vector3 colour = seen.Parts[pixel] < 0
                ? background
                : (0.3f + (0.7f * MathF.Max(Vector3.Dot(seen.Normals[pixel], light), 0))) * colours[shape.Parts[seen.Parts[pixel]].Label];
            for (int channel = 0; channel < 3; channel++)
            {
                image[(channel * pixels) + pixel] = (byte)Math.Clamp(MathF.Round(255 * (colour[channel] + (noise * random.NextGrain()))), 0, 255);
            }
        }

        return image;
    }
}
