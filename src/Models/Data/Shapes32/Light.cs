namespace Bitcurve.Models.Data.Rendering;

/// <summary>Brightness that changes linearly across the image.</summary>
/// <param name="Gain">Factor at the centre.</param>
/// <param name="Slope">Relative change per unit of length.</param>
/// <param name="Direction">Direction of the change, radians.</param>
public readonly record struct Light(double Gain, double Slope, double Direction)
{
    /// <summary>Three draws: gain U(0.65, 1.2), slope U(0, 0.4), direction U(0, 2 pi).</summary>
    public static Light Sample(KeyedRandom random) =>
        new(random.NextUniform(0.65, 1.2), random.NextUniform(0, 0.4), random.NextUniform(0, 2 * Math.PI));

    /// <summary>Multiplies each pixel by Gain (1 + Slope (cos(Direction) x + sin(Direction) y)).</summary>
    public void Paint(Canvas canvas)
    {
        (double sine, double cosine) = Math.SinCos(Direction);
        for (int row = 0; row < Canvas.Size; row++)
        {
            for (int column = 0; column < Canvas.Size; column++)
            {
                double along = cosine * Canvas.Coordinate(column) + sine * Canvas.Coordinate(row);
                canvas.Multiply(row, column, Gain * (1 + Slope * along));
            }
        }
    }
}
