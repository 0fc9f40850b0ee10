namespace Bitcurve.Models.Data.Rendering;

/// <summary>A textured surface of two similar colours that fills the image.</summary>
/// <param name="First">Where the pattern is 0.</param>
/// <param name="Second">Where the pattern is 1.</param>
/// <param name="Pattern">Texture over the image's coordinates.</param>
public readonly record struct Background(Colour First, Colour Second, Pattern Pattern)
{
    /// <summary>The colour halfway between the two.</summary>
    public Colour Middle => First.Mix(Second, 0.5);

    /// <summary>Ten draws: first colour U(0.05, 0.95)^3, the second's difference, the pattern.</summary>
    public static Background Sample(KeyedRandom random, Shapes32Difficulty difficulty)
    {
        Colour first = Colour.Sample(random, 0.05, 0.95);
        Colour second = first.SampleNear(random, difficulty.BackgroundTexture);
        return new Background(first, second, Pattern.Sample(random));
    }

    /// <summary>Paints every pixel.</summary>
    public void Paint(Canvas canvas)
    {
        for (int row = 0; row < Canvas.Size; row++)
        {
            for (int column = 0; column < Canvas.Size; column++)
            {
                double share = Pattern.At(Canvas.Coordinate(column), Canvas.Coordinate(row));
                canvas.Blend(row, column, First.Mix(Second, share), 1);
            }
        }
    }
}
