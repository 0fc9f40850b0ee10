using System.Diagnostics;

namespace Bitcurve.Models.Experiments;

/// <summary>Compares how long two things take although other programs hold the machine: in turn, as the median of the pairs' ratios.</summary>
internal static class PairedTimes
{
    private const int WarmUpRounds = 2;

    /// <summary>Time of the subject over that of the reference.</summary>
    /// <param name="subject">Called once per round.</param>
    /// <param name="reference">Called once per round, by turns before and after the subject.</param>
    /// <param name="rounds">Odd, so that the median is one of them.</param>
    internal static double Ratio(Action subject, Action reference, int rounds)
    {
        for (var round = 0; round < WarmUpRounds; round++)
        {
            subject();
            reference();
        }

        double[] ratios = [.. Enumerable.Range(0, rounds).Select(round => Pair(subject, reference, subjectFirst: round % 2 == 0)).Order()];
        return ratios[rounds / 2];
    }

    private static double Pair(Action subject, Action reference, bool subjectFirst)
    {
        if (subjectFirst)
        {
            var first = Ticks(subject);
            return first / Ticks(reference);
        }

        var before = Ticks(reference);
        return Ticks(subject) / before;
    }

    private static double Ticks(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetTimestamp() - start;
    }
}
