namespace Bitcurve.Models.Data.Solids;

/// <summary>Where a shape is at time t, -1 at the clip's first frame and 1 at its last; the image spans -1 .. 1, v points down.</summary>
/// <param name="U">Position at t = 0.</param>
/// <param name="V">Position at t = 0.</param>
/// <param name="Angle">Radians at t = 0; positive angles turn clockwise as seen.</param>
/// <param name="Scale">At t = 0.</param>
/// <param name="SpeedU">Per unit of time.</param>
/// <param name="SpeedV">Per unit of time.</param>
/// <param name="Spin">Radians per unit of time.</param>
/// <param name="Growth">The scale is multiplied by exp(Growth t).</param>
/// <param name="SwingU">Amplitude of an oscillation.</param>
/// <param name="SwingV">Amplitude of an oscillation.</param>
/// <param name="SwingRate">Radians per unit of time.</param>
/// <param name="SwingPhase">Radians at t = 0.</param>
public readonly record struct Mover(
    double U, double V, double Angle, double Scale, double SpeedU, double SpeedV, double Spin, double Growth,
    double SwingU, double SwingV, double SwingRate, double SwingPhase)
{
    /// <summary>
    /// Draws one for a motion. All clips drift, turn and grow a little, whatever their motion; and every mover starts displaced as if it had
    /// moved, so that its place in one frame says little. Reversing time turns the distribution of a motion into that of its opposite.
    /// </summary>
    /// <param name="random">This clip's own stream.</param>
    /// <param name="motion">Its class.</param>
    /// <param name="pace">Multiplies whatever the class is told by.</param>
    public static Mover Sample(KeyedRandom random, ClipMotion motion, double pace)
    {
        double speed = pace * random.NextUniform(0.18, 0.4);
        double spin = pace * random.NextUniform(0.45, 1.2);
        double growth = pace * random.NextUniform(0.18, 0.45);
        double direction = random.NextUniform(0, 2 * Math.PI);
        double displacement = random.NextUniform(-0.4, 0.4);
        (double sine, double cosine) = Math.SinCos(direction);
        bool swings = motion == ClipMotion.Swing;
        bool sideways = random.NextBool(0.5);
        return new Mover(
            random.NextUniform(-0.3, 0.3) + (sideways ? displacement : 0),
            random.NextUniform(-0.3, 0.3) + (sideways ? 0 : displacement),
            random.NextUniform(-Math.PI, Math.PI),
            random.NextUniform(0.32, 0.55),
            Signed(motion, ClipMotion.Right, ClipMotion.Left, speed) + random.NextUniform(-0.05, 0.05),
            Signed(motion, ClipMotion.Down, ClipMotion.Up, speed) + random.NextUniform(-0.05, 0.05),
            Signed(motion, ClipMotion.Clockwise, ClipMotion.Anticlockwise, spin) + random.NextUniform(-0.12, 0.12),
            Signed(motion, ClipMotion.Grow, ClipMotion.Shrink, growth) + random.NextUniform(-0.05, 0.05),
            swings ? 0.7 * speed * cosine : 0,
            swings ? 0.7 * speed * sine : 0,
            random.NextUniform(3.5, 5.5),
            random.NextUniform(-Math.PI, Math.PI));
    }

    /// <summary>Where the shape is at time t.</summary>
    public MoverPose At(double t)
    {
        double swing = Math.Sin(SwingPhase + (SwingRate * t));
        return new MoverPose(
            U + (SpeedU * t) + (SwingU * swing), V + (SpeedV * t) + (SwingV * swing), Angle + (Spin * t), Scale * Math.Exp(Growth * t));
    }

    private static double Signed(ClipMotion motion, ClipMotion positive, ClipMotion negative, double amount) =>
        motion == positive ? amount : motion == negative ? -amount : 0;
}
