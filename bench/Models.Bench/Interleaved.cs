using System.Diagnostics;

namespace Bitcurve.Models.Bench;

/// <summary>Times several things in turn within one process, so that what else the machine does meets all of them alike.</summary>
public static class Interleaved
{
    private const int WarmUpRounds = 3;
    private const int FewestRounds = 11;
    private const int MostRounds = 100;

    /// <param name="subjects">What to time, by name.</param>
    /// <param name="duration">Rounds go on until this is over, at least 11 and at most 100.</param>
    /// <returns>In the order of the subjects; as many repetitions as rounds.</returns>
    public static IReadOnlyList<Timings> Measure(IReadOnlyList<(string Name, Action Run)> subjects, TimeSpan duration)
    {
        for (var round = 0; round < WarmUpRounds; round++)
        {
            Round(subjects, round);
        }

        var rounds = new List<Elapsed[]>();
        var start = Stopwatch.GetTimestamp();
        while (rounds.Count < FewestRounds || (rounds.Count < MostRounds && Stopwatch.GetElapsedTime(start) < duration))
        {
            rounds.Add(Round(subjects, rounds.Count));
        }

        return [.. subjects.Select((subject, k) => new Timings(subject.Name, [.. rounds.Select(round => round[k])]))];
    }

    // Each round starts with another subject: none is always the one that follows the most expensive.
    private static Elapsed[] Round(IReadOnlyList<(string Name, Action Run)> subjects, int round)
    {
        var times = new Elapsed[subjects.Count];
        for (var k = 0; k < times.Length; k++)
        {
            var index = (k + round) % times.Length;
            times[index] = Elapsed.Of(subjects[index].Run);
        }

        return times;
    }
}
