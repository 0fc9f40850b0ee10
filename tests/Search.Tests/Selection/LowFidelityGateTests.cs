using Bitcurve.Gp;
using Bitcurve.Search.Selection;

namespace Bitcurve.Search.Tests.Selection;

public class LowFidelityGateTests
{
    [Fact]
    public void IsOpen_LowFidelityThatTellsTheTarget_IsTrue() => Assert.True(LowFidelityGate.IsOpen(Fit(related: true)));

    [Fact]
    public void IsOpen_LowFidelityOfAnotherFunction_IsFalse() => Assert.False(LowFidelityGate.IsOpen(Fit(related: false)));

    [Fact]
    public void TargetAlone_FewNetworksOrNothingElse_IsNull()
    {
        Assert.Null(LowFidelityGate.TargetAlone(Observations(targets: 3, related: true)));
        Assert.Null(LowFidelityGate.TargetAlone(new Observations(1, 1, [[0.1], [0.3], [0.5], [0.7]], [0, 0, 0, 0], [1, 2, 3, 4])));
    }

    [Fact]
    public void TargetAlone_EnoughNetworks_KeepsTheTargetsRows()
    {
        var alone = LowFidelityGate.TargetAlone(Observations(targets: 5, related: true))!;

        Assert.Equal(5, alone.Count);
        Assert.Equal(2, alone.TaskCount);
        Assert.All(alone.Design.Tasks.ToArray(), task => Assert.Equal(1, task));
    }

    private static MultiTaskRegression Fit(bool related) => MultiTaskRegression.Fit(Observations(targets: 9, related), 1);

    // Task 0 everywhere, the target at every third point: the same wave shifted a little, or another wave.
    private static Observations Observations(int targets, bool related)
    {
        var rows = Enumerable.Range(0, 27).Select(i => new[] { i / 26.0 }).ToList();
        var values = rows.Select(x => Math.Sin(7 * x[0])).ToList();
        var tasks = Enumerable.Repeat(0, 27).ToList();
        for (var i = 0; i < targets; i++)
        {
            double x = rows[3 * i][0];
            rows.Add([x]);
            tasks.Add(1);
            values.Add(related ? 2 + Math.Sin((7 * x) - 0.1) : Math.Cos(11 * x * x));
        }

        return new Observations(1, 2, rows, tasks, values);
    }
}
