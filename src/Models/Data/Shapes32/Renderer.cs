namespace Bitcurve.Models.Data.Rendering;

/// <summary>Draws one image of the shapes data set.</summary>
/// <remarks>
/// Every draw is taken in the same order, used or not, and only the label's own shape is rendered: two images with the same
/// stream and different labels differ in the shape alone.
/// </remarks>
public static class Renderer
{
    private const double ClutterProbability = 0.5;

    /// <summary>Background, clutter, target, occluder, light, noise: in this order, from one stream.</summary>
    /// <param name="random">The image's own stream, fresh.</param>
    /// <param name="label">Class number, 0 .. 9.</param>
    /// <param name="difficulty">Ranges of the draws.</param>
    /// <param name="pixels">Receives 3 x 32 x 32 bytes.</param>
    /// <exception cref="ArgumentException">pixels does not have 3072 bytes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The label is outside 0 .. 9.</exception>
    public static void Render(KeyedRandom random, int label, Shapes32Difficulty difficulty, Span<byte> pixels)
    {
        if (pixels.Length != Canvas.Values)
        {
            throw new ArgumentException($"Expected room for {Canvas.Values} bytes, actual {pixels.Length}.", nameof(pixels));
        }

        var canvas = new Canvas();
        Background background = Background.Sample(random, difficulty);
        background.Paint(canvas);
        for (int clutter = 0; clutter < difficulty.ClutterCount; clutter++)
        {
            PaintSometimes(canvas, random.NextBool(ClutterProbability), Capsule.SampleClutter(random));
        }

        Target target = Target.Sample(random, label, difficulty, background.Middle);
        target.Paint(canvas);
        PaintSometimes(canvas, random.NextBool(difficulty.OccluderProbability), Capsule.SampleOccluder(random, target));
        Light.Sample(random).Paint(canvas);
        canvas.AddNoise(random, random.NextUniform(difficulty.NoiseLow, difficulty.NoiseHigh));
        canvas.CopyTo(pixels);
    }

    private static void PaintSometimes(Canvas canvas, bool present, Capsule capsule)
    {
        if (present)
        {
            capsule.Paint(canvas);
        }
    }
}
