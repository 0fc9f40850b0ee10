using Bitcurve.Models.Data.Rendering;

namespace Bitcurve.Models.Data.Solids;

/// <summary>What happens in a clip: a mover of one of ten outlines, another that stays, a ground that drifts, and tremor.</summary>
internal sealed class Clip
{
    // Strong enough that a disc's turning shows.
    private const double FillTexture = 0.5;
    private const double Contrast = 0.2;
    private const double Tremor = 0.012;

    private readonly Background ground;
    private readonly (double U, double V) drift;
    private readonly Actor mover;
    private readonly Actor? bystander;

    private Clip(Background ground, (double U, double V) drift, Actor mover, Actor? bystander) =>
        (this.ground, this.drift, this.mover, this.bystander) = (ground, drift, mover, bystander);

    /// <summary>Draws everything but the tremor and the noise.</summary>
    public static Clip Sample(KeyedRandom random, ClipMotion motion, ClipsOptions options)
    {
        Colour first = Colour.Sample(random, 0.1, 0.9);
        var ground = new Background(first, first.SampleNear(random, 0.25), Pattern.Sample(random));
        (double, double) drift = (options.LargestDrift * random.NextUniform(-1, 1), options.LargestDrift * random.NextUniform(-1, 1));
        Actor mover = Actor.Sample(random, motion, ground.Middle, options.Pace);
        Actor bystander = Actor.Sample(random, ClipMotion.Still, ground.Middle, options.Pace);
        bystander = bystander with { Path = bystander.Path with { Scale = 0.5 * bystander.Path.Scale } };
        return new Clip(ground, drift, mover, random.NextBool(options.BystanderProbability) ? bystander : null);
    }

    /// <summary>3 x length x size x size bytes.</summary>
    public byte[] Render(KeyedRandom random, int length, int size, double noise)
    {
        byte[] frames = new byte[3 * length * size * size];
        for (int frame = 0; frame < length; frame++)
        {
            double t = length == 1 ? 0 : ((2.0 * frame) / (length - 1)) - 1;
            (double trembleU, double trembleV) = (Tremor * random.NextNormal(), Tremor * random.NextNormal());
            MoverPose moverPose = mover.Path.At(t);
            MoverPose? bystanderPose = bystander?.Path.At(t);
            for (int pixel = 0; pixel < size * size; pixel++)
            {
                double u = Middle(pixel % size, size) + trembleU;
                double v = Middle(pixel / size, size) + trembleV;
                Colour colour = ground.First.Mix(ground.Second, ground.Pattern.At(u - (drift.U * t), v - (drift.V * t)));
                colour = bystander is { } other && bystanderPose is { } pose ? other.Over(colour, u, v, pose, 2.0 / size) : colour;
                colour = mover.Over(colour, u, v, moverPose, 2.0 / size);
                int place = (frame * size * size) + pixel;
                int plane = length * size * size;
                frames[place] = Byte(colour.Red + (noise * random.NextGrain()));
                frames[plane + place] = Byte(colour.Green + (noise * random.NextGrain()));
                frames[(2 * plane) + place] = Byte(colour.Blue + (noise * random.NextGrain()));
            }
        }

        return frames;
    }

    private static double Middle(int index, int size) => (((2 * index) + 1) / (double)size) - 1;

    private static byte Byte(double value) => (byte)Math.Clamp(Math.Round(255 * value), 0, 255);

    /// <summary>An outline with a texture that moves with it.</summary>
    private sealed record Actor(int Shape, Background Fill, Mover Path)
    {
        public static Actor Sample(KeyedRandom random, ClipMotion motion, Colour surround, double pace)
        {
            int shape = random.NextInt(10);
            Colour first = Colour.Sample(random, 0, 1);
            // Bounded: a grey surround leaves colours of enough contrast within reach of one draw in two or so.
            for (int trial = 0; trial < 20 && first.Contrast(surround) < Contrast; trial++)
            {
                first = Colour.Sample(random, 0, 1);
            }

            var fill = new Background(first, first.SampleNear(random, FillTexture), Pattern.Sample(random));
            return new Actor(shape, fill, Mover.Sample(random, motion, pace));
        }

        public Colour Over(Colour below, double u, double v, MoverPose pose, double pixelSize)
        {
            (double a, double b) = pose.Own(u, v);
            // No outline reaches beyond 1.5.
            if ((a * a) + (b * b) > 2.25)
            {
                return below;
            }

            double coverage = Math.Clamp(0.5 - (SignedDistance.Of(Shape, a, b) * pose.Scale / pixelSize), 0, 1);
            return coverage == 0 ? below : below.Mix(Fill.First.Mix(Fill.Second, Fill.Pattern.At(a, b)), coverage);
        }
    }
}
