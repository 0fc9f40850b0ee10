using System.Numerics;

namespace Bitcurve.Models.Surfaces.Pictures;

/// <summary>Pixels with a depth buffer, at twice a panel's width and height: each pixel of the picture is the mean of 2 x 2.</summary>
internal sealed class Raster
{
    internal const int Oversampling = 2;

    private readonly Vector3[] colours;
    private readonly float[] nearness;

    /// <param name="width">Of the panel, pixels.</param>
    /// <param name="height">Of the panel, pixels.</param>
    internal Raster(int width, int height)
    {
        (Width, Height) = (width * Oversampling, height * Oversampling);
        colours = new Vector3[Width * Height];
        nearness = new float[Width * Height];
        Array.Fill(colours, Vector3.One);
    }

    internal int Width { get; }

    internal int Height { get; }

    /// <summary>Sets a pixel unless something nearer is there; pixels outside are left out.</summary>
    internal void Set(int column, int row, float near, Vector3 colour)
    {
        if ((uint)column < (uint)Width && (uint)row < (uint)Height && near > nearness[(row * Width) + column])
        {
            nearness[(row * Width) + column] = near;
            colours[(row * Width) + column] = colour;
        }
    }

    /// <summary>Fills a triangle whose corners are column, row and nearness, all three linear across it.</summary>
    /// <param name="a">First corner; b and c are the others.</param>
    /// <param name="b">Second corner.</param>
    /// <param name="c">Third corner.</param>
    /// <param name="colourAt">The colour at weights of the three corners.</param>
    internal void Fill(Vector3 a, Vector3 b, Vector3 c, Func<Vector3, Vector3> colourAt)
    {
        float area = Cross(a, b, c);
        (Vector3 low, Vector3 high) = (Vector3.Min(a, Vector3.Min(b, c)), Vector3.Max(a, Vector3.Max(b, c)));
        if (area == 0 || low.Z <= 0)
        {
            return;
        }

        (int firstRow, int lastRow) = Range(low.Y, high.Y, Height);
        (int firstColumn, int lastColumn) = Range(low.X, high.X, Width);
        for (int row = firstRow; row <= lastRow; row++)
        {
            for (int column = firstColumn; column <= lastColumn; column++)
            {
                var pixel = new Vector3(column + 0.5f, row + 0.5f, 0);
                var weights = new Vector3(Cross(b, c, pixel), Cross(c, a, pixel), Cross(a, b, pixel)) / area;
                if (weights.X >= 0 && weights.Y >= 0 && weights.Z >= 0)
                {
                    Set(column, row, Vector3.Dot(weights, new Vector3(a.Z, b.Z, c.Z)), colourAt(weights));
                }
            }
        }
    }

    /// <summary>The mean of each 2 x 2 pixels: rows of R G B bytes.</summary>
    internal byte[] ToBytes()
    {
        (int width, int height) = (Width / Oversampling, Height / Oversampling);
        byte[] bytes = new byte[3 * width * height];
        for (int k = 0; k < width * height; k++)
        {
            int first = (k / width * Oversampling * Width) + (k % width * Oversampling);
            Vector3 mean = (colours[first] + colours[first + 1] + colours[first + Width] + colours[first + Width + 1]) / 4;
            for (int channel = 0; channel < 3; channel++)
            {
                bytes[(3 * k) + channel] = (byte)Math.Round(255 * Math.Clamp(mean[channel], 0, 1));
            }
        }

        return bytes;
    }

    private static (int First, int Last) Range(float low, float high, int count) =>
        ((int)Math.Max(0, Math.Floor(low - 0.5f)), (int)Math.Min(count - 1, Math.Ceiling(high - 0.5f)));

    private static float Cross(Vector3 a, Vector3 b, Vector3 c) => ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
}
