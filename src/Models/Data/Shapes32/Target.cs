namespace Bitcurve.Models.Data.Rendering;

/// <summary>The shape that the image shows: its class, place and texture.</summary>
public sealed record Target
{
    // One fill colour and at most 20 more.
    private const int FillCandidates = 21;

    /// <summary>Class number, 0 .. 9.</summary>
    public required int Label { get; init; }

    /// <summary>Size in coordinates: one unit of the shape's own plane.</summary>
    public required double Scale { get; init; }

    /// <summary>Radians.</summary>
    public required double Rotation { get; init; }

    /// <summary>The shape is this much longer along its own u, and this much shorter along v.</summary>
    public required double Aspect { get; init; }

    public required double CentreX { get; init; }

    public required double CentreY { get; init; }

    /// <summary>Where the pattern is 0.</summary>
    public required Colour Fill { get; init; }

    /// <summary>Where the pattern is 1.</summary>
    public required Colour SecondFill { get; init; }

    /// <summary>Texture over the shape's own plane, scaled by 0.6.</summary>
    public required Pattern Pattern { get; init; }

    /// <summary>Draws scale, rotation, aspect, centre, 21 candidates for the fill, the second fill's difference, the pattern.</summary>
    public static Target Sample(KeyedRandom random, int label, Shapes32Difficulty difficulty, Colour surround) => new()
    {
        // Initialisers run in the order written here, which is the order of the draws.
        Label = label,
        Scale = random.NextUniform(difficulty.ScaleLow, difficulty.ScaleHigh),
        Rotation = random.NextUniform(0, 2 * Math.PI),
        Aspect = Math.Pow(difficulty.Aspect, random.NextUniform(-1, 1)),
        CentreX = random.NextUniform(-difficulty.Shift, difficulty.Shift),
        CentreY = random.NextUniform(-difficulty.Shift, difficulty.Shift),
        Fill = SampleFill(random, difficulty, surround, out Colour fill),
        SecondFill = fill.SampleNear(random, difficulty.FillTexture),
        Pattern = Pattern.Sample(random),
    };

    /// <summary>Paints the shape over the canvas.</summary>
    public void Paint(Canvas canvas)
    {
        (double sine, double cosine) = Math.SinCos(Rotation);
        for (int row = 0; row < Canvas.Size; row++)
        {
            for (int column = 0; column < Canvas.Size; column++)
            {
                double dx = Canvas.Coordinate(column) - CentreX;
                double dy = Canvas.Coordinate(row) - CentreY;
                double u = (cosine * dx + sine * dy) / (Scale * Aspect);
                double v = (cosine * dy - sine * dx) / (Scale / Aspect);
                double opacity = Canvas.Coverage(Scale * SignedDistance.Of(Label, u, v));
                // Most pixels lie outside: skipping them saves the pattern's sines.
                if (opacity > 0)
                {
                    canvas.Blend(row, column, Fill.Mix(SecondFill, Pattern.At(0.6 * u, 0.6 * v)), opacity);
                }
            }
        }
    }

    /// <summary>The first candidate with enough contrast to the surround, or the last one.</summary>
    private static Colour SampleFill(KeyedRandom random, Shapes32Difficulty difficulty, Colour surround, out Colour fill)
    {
        fill = Colour.Sample(random, 0, 1);
        // Every candidate is drawn, used or not: otherwise the background's colour would shift all later draws.
        for (int candidate = 1; candidate < FillCandidates; candidate++)
        {
            Colour next = Colour.Sample(random, 0, 1);
            if (fill.Contrast(surround) < difficulty.Contrast)
            {
                fill = next;
            }
        }

        return fill;
    }
}
