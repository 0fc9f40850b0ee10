namespace Bitcurve.Models.Data.Rendering;

/// <summary>An RGB image in the making: 3 x 32 x 32 values, about 0 .. 1. Coordinates run from -1 to 1, x to the right, y down.</summary>
public sealed class Canvas
{
    /// <summary>Rows and columns, pixels.</summary>
    public const int Size = 32;

    public const int Channels = 3;

    /// <summary>Pixels per channel.</summary>
    public const int Pixels = Size * Size;

    /// <summary>Values of the whole image.</summary>
    public const int Values = Channels * Pixels;

    /// <summary>Side of a pixel in coordinates.</summary>
    public const double PixelSize = 2.0 / Size;

    private readonly double[] values = new double[Values];

    /// <summary>The coordinate of the centre of a column (x) or row (y), in (-1, 1).</summary>
    public static double Coordinate(int column) => (column + 0.5 - Size / 2) / (Size / 2);

    /// <summary>How much of a pixel lies inside, 0 .. 1, from the signed distance of its centre (coordinates; negative inside).</summary>
    public static double Coverage(double distance) => Math.Clamp(0.5 - distance / PixelSize, 0, 1);

    /// <summary>Paints a colour over one pixel; opacity 0 leaves it, 1 replaces it.</summary>
    public void Blend(int row, int column, Colour colour, double opacity)
    {
        int pixel = row * Size + column;
        values[pixel] += opacity * (colour.Red - values[pixel]);
        values[Pixels + pixel] += opacity * (colour.Green - values[Pixels + pixel]);
        values[2 * Pixels + pixel] += opacity * (colour.Blue - values[2 * Pixels + pixel]);
    }

    /// <summary>Multiplies the three channels of one pixel.</summary>
    public void Multiply(int row, int column, double factor)
    {
        int pixel = row * Size + column;
        values[pixel] *= factor;
        values[Pixels + pixel] *= factor;
        values[2 * Pixels + pixel] *= factor;
    }

    /// <summary>Adds N(0, sigma^2) to each value, in the order 3 x 32 x 32.</summary>
    public void AddNoise(KeyedRandom random, double sigma)
    {
        for (int index = 0; index < Values; index++)
        {
            values[index] += sigma * random.NextNormal();
        }
    }

    /// <summary>Writes round(255 v), clamped to 0 .. 255, in the order 3 x 32 x 32.</summary>
    public void CopyTo(Span<byte> pixels)
    {
        for (int index = 0; index < Values; index++)
        {
            pixels[index] = (byte)Math.Round(255 * Math.Clamp(values[index], 0, 1));
        }
    }
}
