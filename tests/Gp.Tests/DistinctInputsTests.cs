namespace Bitcurve.Gp.Tests;

public sealed class DistinctInputsTests
{
    [Fact]
    public void Of_RepeatedPoints_NumbersThemInOrderOfAppearance()
    {
        var inputs = DistinctInputs.Of(new Points(2, [[3, 1], [1, 1], [3, 1], [1, 2], [1, 1]]));

        Assert.Equal([0, 1, 0, 2, 1], inputs.InputOf);
        Assert.Equal(3, inputs.Count);
        Assert.Equal([3, 1], inputs.Points.Row(0));
        Assert.Equal([1, 1], inputs.Points.Row(1));
        Assert.Equal([1, 2], inputs.Points.Row(2));
    }

    [Fact]
    public void Of_NegativeZero_IsTheSameInputAsZero() => Assert.Equal([0, 0], DistinctInputs.Of(new Points(1, [[0.0], [-0.0]])).InputOf);

    [Fact]
    public void Of_NoPoints_HasNone() => Assert.Equal(0, DistinctInputs.Of(new Points(3, [])).Count);

    [Fact]
    public void Of_RandomPoints_IsAPartitionByValue() => Seeds.ForAll(40, seed =>
    {
        var random = new Random(seed);
        var points = new Points(2, [.. Enumerable.Range(0, 30).Select(_ => new double[] { random.Next(4), random.Next(4) })]);
        var inputs = DistinctInputs.Of(points);

        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(points.Row(i), inputs.Points.Row(inputs.InputOf[i]));
        }
        var expected = Enumerable.Range(0, 30).Select(i => (points[i, 0], points[i, 1])).Distinct().Count();
        Assert.Equal(expected, inputs.Count);
        // First appearances are numbered upwards.
        Assert.Equal(Enumerable.Range(0, expected), inputs.InputOf.Distinct());
    });

    [Fact]
    public void Inputs_OfADesign_AreComputedOnce()
    {
        var design = new RandomCase(1, count: 5).Observations.Design;
        Assert.Same(design.Inputs, design.Inputs);
    }
}
