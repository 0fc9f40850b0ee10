using System.Globalization;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Search.Tests.Space;
using Bitcurve.Search.Tests.Trials;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Selection;

/// <summary>101 networks of the demo workload that were really trained, as a workload that answers at once.</summary>
internal static class TrainedTable
{
    private static readonly Dictionary<string, double[]> Rows = File.ReadLines(Path.Combine(SeedTables.Folder, "vgg8_shapes32_table.csv")).Skip(1)
        .Select(line => line.Split(','))
        .ToDictionary(fields => fields[0], fields => fields[4..9].Select(value => double.Parse(value, CultureInfo.InvariantCulture) / 100).ToArray());

    // Test accuracy after 15 epochs: the search never sees it, so that luck on the validation split does not count.
    private static readonly Dictionary<string, double> TestRows = File.ReadLines(Path.Combine(SeedTables.Folder, "vgg8_shapes32_table.csv")).Skip(1)
        .Select(line => line.Split(','))
        .ToDictionary(fields => fields[0], fields => double.Parse(fields[13], CultureInfo.InvariantCulture) / 100);

    /// <summary>Validation accuracy of the baseline.</summary>
    public const double Fp32 = 0.948;

    public static IReadOnlyList<Candidate> Candidates { get; } =
        [.. Bitcurve.Search.Space.Candidates.Of(CurveSpace.Parse("bezier:2", 8)).Where(c => Rows.ContainsKey(c.Bits.ToString()))];

    /// <summary>Validation accuracy after 0, 1, 2 or 15 epochs.</summary>
    public static double Accuracy(BitVector bits, int epochs) => Rows[bits.ToString()][Array.IndexOf([0, 1, 2, 5, 15], epochs)];

    public static SearchDefinition Definition(string budget, long seed, SelectionSettings? selection = null) => Searches.Definition(budget) with
    {
        Seed = seed,
        Selection = selection ?? new SelectionSettings(),
        Verification = new VerificationSettings { Groups = [] },
    };

    /// <summary>Runs a whole search, or so many jobs of one, baseline included.</summary>
    public static SearchState Run(
        SearchDefinition definition, ISelectionStrategy strategy, int maximumJobs = 1000, int secondsPerJob = 0, Func<JobOrder, int, double>? accuracy = null, double baseline = Fp32) =>
        Continue(SearchState.Create(definition), strategy, maximumJobs, secondsPerJob, accuracy, baseline);

    /// <summary>Goes on from a state.</summary>
    public static SearchState Continue(
        SearchState state, ISelectionStrategy strategy, int maximumJobs = 1000, int secondsPerJob = 0, Func<JobOrder, int, double>? accuracy = null, double baseline = Fp32)
    {
        var now = Searches.Start;
        for (var job = 0; job < maximumJobs; job++)
        {
            (state, var outcome) = state.Lease(Searches.Worker, now, Searches.Minute, strategy);
            if (outcome.Order is not { } order)
            {
                break;
            }

            now = now.AddSeconds(secondsPerJob);
            (state, _) = state.Report(order, Answer(order, accuracy ?? ((one, epochs) => Accuracy(new BitVector(one.Bits), epochs)), baseline), now);
        }

        return state;
    }

    /// <summary>How much of the area under the best possible front the measured one misses, a fraction in [0,1].</summary>
    public static double FrontDeficit(SearchState state)
    {
        var all = Area(Candidates.Select(c => c.Bits), state.Definition);
        return 1 - (Area(state.Trials.Where(t => t.IsMeasuredAt(15)).Select(t => t.Bits), state.Definition) / all);
    }

    /// <summary>Best effective accuracy of all networks less that of the chosen one, both by the mean of validation and test.</summary>
    public static double Regret(SearchState state) =>
        Candidates.Max(c => Effective(c.Bits)) - Effective(state.ChosenConfiguration()!.Bits);

    private static double Effective(BitVector bits) =>
        EffectiveAccuracy.Of((Accuracy(bits, 15) + TestRows[bits.ToString()]) / 2, bits);

    private static JobReport Answer(JobOrder order, Func<JobOrder, int, double> accuracy, double baseline) => new()
    {
        TrainSeconds = 1,
        Measurements = order.Kind == JobKind.Baseline
            ? [new Measurement(40, baseline, "fp32")]
            : [.. order.EvaluateAt.Select(e => new Measurement(e, accuracy(order, e), $"{order.SchemeText()}-{e}"))],
    };

    // Area above half accuracy between the smallest and the largest network.
    private static double Area(IEnumerable<BitVector> measured, SearchDefinition definition)
    {
        const double floor = 0.5;
        var front = ParetoFront.Of(measured.Select(b => new Configuration(b, Accuracy(b, 15), 15, definition.SizeOf(b))));
        var end = definition.SizeOf(BitVector.Uniform(8, 8)).DsconvBits;
        return front.Zip(front.Skip(1).Select(c => (double)c.Size.DsconvBits).Append(end))
            .Sum(step => (step.Second - step.First.Size.DsconvBits) * Math.Max(0, step.First.Accuracy - floor));
    }
}
