using System.Diagnostics;
using Bitcurve.Models.Training;
using static TorchSharp.torch;

namespace Bitcurve.Models.Experiments;

/// <summary>How long training steps of two networks take, measured in turns so that whatever else the machine does slows both alike.</summary>
/// <param name="SecondsPerEpoch">Of the first.</param>
/// <param name="Ratio">First against second: the median over the turns.</param>
internal sealed record StepTime(double SecondsPerEpoch, double Ratio)
{
    private const int Turns = 5;
    private const int StepsPerTurn = 2;

    /// <summary>Trains both for a few steps; the first turn warms up and does not count.</summary>
    internal static StepTime Compare(TrainingRun first, TrainingRun second, TrainingRecipe recipe, int trainCount)
    {
        var turns = Enumerable.Range(0, Turns + 1).Select(turn => (First: SecondsOf(first, recipe, trainCount, turn), Second: SecondsOf(second, recipe, trainCount, turn))).Skip(1).ToList();
        var perStep = Median(turns.Select(turn => turn.First / StepsPerTurn));
        return new(perStep * (trainCount / recipe.BatchSize), Median(turns.Select(turn => turn.First / turn.Second)));
    }

    private static double SecondsOf(TrainingRun run, TrainingRecipe recipe, int trainCount, int turn)
    {
        run.Session.Train();
        var watch = Stopwatch.StartNew();
        foreach (var step in run.Session.Steps(trainCount, recipe, seed: 0, epoch: turn).Take(StepsPerTurn))
        {
            using var scope = NewDisposeScope();
            run.Step(step);
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
