using System.Globalization;

namespace Bitcurve.Search.Trials;

/// <summary>When a search will be done, as far as its own jobs tell.</summary>
/// <param name="SecondsLeft">Until nothing is left to train, verification included.</param>
/// <param name="SecondsLow">Lower end of a 90 % interval; null where nothing gives one. The budget is taken to be spent to its end.</param>
/// <param name="SecondsHigh">Upper end.</param>
/// <param name="FinishAt">Now and <paramref name="SecondsLeft"/>.</param>
/// <param name="Basis">What was added up, in words for a person.</param>
public sealed record Forecast(double SecondsLeft, double? SecondsLow, double? SecondsHigh, DateTimeOffset FinishAt, string Basis)
{
    /// <summary>
    /// What is left over the speed of the workers that are there, shared without loss: the search is taken to have them to itself. Verification
    /// counts as it would be were the search over now. Pure.
    /// </summary>
    /// <param name="state">The search.</param>
    /// <param name="devices">Kinds of devices of the workers that can train it, one entry for each worker.</param>
    /// <param name="now">The present time.</param>
    /// <returns>Null for a search that is paused, has ended or still trains its baseline, without a worker, and while no job was timed.</returns>
    public static Forecast? Of(SearchState state, IReadOnlyList<string> devices, DateTimeOffset now)
    {
        bool goesOn = !state.Paused && state.Phase is SearchPhase.Searching or SearchPhase.Verifying;
        if (!goesOn || devices.Count == 0 || Speed.Of(LearnedCost.PerDevice(state), devices) is not Speed speed)
        {
            return null;
        }

        RemainingWork work = RemainingWork.Of(state, now);
        double left = work.ClockSeconds + speed.Seconds(work.Epochs);
        SecondsInterval? interval = work.Epochs > 0 ? speed.Interval(work.Epochs) : null;
        return new Forecast(
            left, work.ClockSeconds + interval?.Low, work.ClockSeconds + interval?.High, now.AddSeconds(left), $"{work.Basis}; {speed.Basis}{Stop(state)}");
    }

    private static string Stop(SearchState state) => state is { Phase: SearchPhase.Searching, Definition.Selection.StopRegret: double regret }
        ? string.Create(CultureInfo.InvariantCulture, $"; sooner if the expected regret stays below {100 * regret:0.###} points")
        : "";

    /// <summary>How fast workers train together, from what their kinds of devices took.</summary>
    /// <param name="Workers">Each with what is known of its kind of device, or of the slowest one known where its own has trained nothing yet.</param>
    /// <param name="Unknown">How many these are.</param>
    private sealed record Speed(IReadOnlyList<LearnedCost> Workers, int Unknown)
    {
        internal static Speed? Of(IReadOnlyList<LearnedCost> known, IReadOnlyList<string> devices)
        {
            if (known.MaxBy(cost => cost.SecondsPerEpoch) is not LearnedCost slowest)
            {
                return null;
            }

            LearnedCost?[] own = [.. devices.Select(device => known.FirstOrDefault(cost => cost.DeviceKind == device))];
            return new Speed([.. own.Select(cost => cost ?? slowest)], own.Count(cost => cost is null));
        }

        internal double Seconds(double epochs) => epochs / Workers.Sum(cost => 1 / cost.SecondsPerEpoch);

        // All workers slow together, or fast together: as wide as their uncertainties allow.
        internal SecondsInterval Interval(double epochs) => new(
            epochs / Workers.Sum(cost => epochs / cost.NextJob(epochs).Low),
            epochs / Workers.Sum(cost => epochs / cost.NextJob(epochs).High));

        internal string Basis
        {
            get
            {
                IEnumerable<string> rates = Workers.DistinctBy(cost => cost.DeviceKind).Select(cost => string.Create(
                    CultureInfo.InvariantCulture, $"{cost.SecondsPerEpoch:0.##} s an epoch on {cost.DeviceKind} ({Count(cost.Jobs, "job")})"));
                string guessed = Unknown == 0 ? "" : $", {Unknown} of them taken to be as slow as the slowest known";
                return $"{string.Join(", ", rates)}; {Count(Workers.Count, "worker")}{guessed}";
            }
        }
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
