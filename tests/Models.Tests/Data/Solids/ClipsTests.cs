using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Solids;

namespace Bitcurve.Models.Tests.Data.Solids;

public sealed class ClipsTests
{
    private const int Length = 8;
    private const int Size = 24;

    private static IReadOnlyList<ClipsSample> Clips => ClipsDataset.Load(
        ClipsOptions.Small with { Seed = 1, TrainCount = 400, ValidationCount = 1, TestCount = 1, Length = Length, Size = Size }).Train;

    [Fact]
    public void ClassNames_AreTheMotions() => Assert.Equal(
        ["left", "right", "up", "down", "clockwise", "anticlockwise", "grow", "shrink", "swing", "still"], ClipsDataset.ClassNames);

    [Fact]
    public void Own_TurnedAndScaled_GoesBackToTheShape()
    {
        // A quarter turn clockwise: what lies below (v positive) in the image lies along the shape's own first axis.
        (double a, double b) = new MoverPose(0.1, 0, Math.PI / 2, 0.5).Own(0.1, 0.4);

        Assert.Equal(0.8, a, 1e-12);
        Assert.Equal(0, b, 1e-12);
    }

    [Theory]
    [InlineData(ClipMotion.Right, 1, 0, 0, 0)]
    [InlineData(ClipMotion.Left, -1, 0, 0, 0)]
    [InlineData(ClipMotion.Down, 0, 1, 0, 0)]
    [InlineData(ClipMotion.Up, 0, -1, 0, 0)]
    [InlineData(ClipMotion.Clockwise, 0, 0, 1, 0)]
    [InlineData(ClipMotion.Anticlockwise, 0, 0, -1, 0)]
    [InlineData(ClipMotion.Grow, 0, 0, 0, 1)]
    [InlineData(ClipMotion.Shrink, 0, 0, 0, -1)]
    [InlineData(ClipMotion.Still, 0, 0, 0, 0)]
    public void Sample_Motion_MovesThatWayAndLittleOtherwise(ClipMotion motion, int right, int down, int clockwise, int larger)
    {
        for (int trial = 0; trial < 200; trial++)
        {
            Mover mover = Mover.Sample(new KeyedRandom(2, trial), motion, pace: 1);
            (MoverPose first, MoverPose last) = (mover.At(-1), mover.At(1));

            Assert.Equal(right, Sign(last.U - first.U, 0.2), 0.0);
            Assert.Equal(down, Sign(last.V - first.V, 0.2), 0.0);
            Assert.Equal(clockwise, Sign(last.Angle - first.Angle, 0.5), 0.0);
            Assert.Equal(larger, Sign(Math.Log(last.Scale / first.Scale), 0.2), 0.0);
        }
    }

    [Fact]
    public void Sample_Swing_EndsNoWhereInParticular()
    {
        double[] shifts = [.. Enumerable.Range(0, 1000).Select(trial => Mover.Sample(new KeyedRandom(3, trial), ClipMotion.Swing, pace: 1)).Select(mover => mover.At(1).U - mover.At(-1).U)];

        Assert.Equal(0, shifts.Average(), 0.05);
        Assert.InRange(shifts.Max(Math.Abs), 0.1, 0.7);
    }

    [Fact]
    public void Load_ReversedLeft_MovesAsRightDoes()
    {
        // The mean over clips of the flow along u, estimated from gradients, has a sign that reversal turns round.
        double left = MeanFlow(ClipMotion.Left, reversed: false);
        double reversedLeft = MeanFlow(ClipMotion.Left, reversed: true);
        double right = MeanFlow(ClipMotion.Right, reversed: false);
        double still = MeanFlow(ClipMotion.Still, reversed: false);

        Assert.True(left < 0 && right > 0 && reversedLeft > 0, $"{left} {right} {reversedLeft}");
        Assert.InRange(reversedLeft / right, 0.5, 2);
        Assert.True(Math.Abs(still) < 0.5 * right, $"{still} against {right}");
    }

    [Fact]
    public void Load_FramesOfOneInstant_HaveTheSameMeanForAllMotions()
    {
        // One frame's brightness cannot tell: class means lie within five standard errors of the mean of all.
        const int plane = Length * Size * Size;
        var means = Clips.Select(clip => (clip.Motion, Mean: clip.Frames.Skip(plane).Take(Size * Size).Average(value => (double)value))).ToArray();
        double all = means.Average(entry => entry.Mean);
        double deviation = Math.Sqrt(means.Average(entry => Math.Pow(entry.Mean - all, 2)));

        Assert.All(means.GroupBy(entry => entry.Motion), group =>
            Assert.Equal(all, group.Average(entry => entry.Mean), 5 * deviation / Math.Sqrt(group.Count())));
    }

    private static double Sign(double value, double threshold) => Math.Abs(value) < threshold ? 0 : Math.Sign(value);

    /// <summary>Least squares over all pixels of I_t + w I_u = 0 for the flow w, mean over the clips of a motion.</summary>
    private static double MeanFlow(ClipMotion motion, bool reversed)
    {
        ClipsSample[] clips = [.. Clips.Where(clip => clip.Motion == (int)motion)];
        return clips.Average(clip =>
        {
            double products = 0;
            double squares = 1;
            for (int frame = 0; frame + 1 < Length; frame++)
            {
                for (int row = 0; row < Size; row++)
                {
                    for (int column = 1; column + 1 < Size; column++)
                    {
                        int here = (((frame * Size) + row) * Size) + column;
                        double inTime = clip.Frames[here + (Size * Size)] - clip.Frames[here];
                        double inSpace = 0.5 * (clip.Frames[here + 1] - clip.Frames[here - 1]);
                        products += (reversed ? -1 : 1) * inTime * inSpace;
                        squares += inSpace * inSpace;
                    }
                }
            }

            return -products / squares;
        });
    }
}
