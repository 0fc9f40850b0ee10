using Bitcurve.Search.Space;
using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Tests.Shared;

/// <summary>
/// A search of thousands of networks that nobody trained: accuracies are a function of bits, epochs and the seed. It goes on, with nothing
/// in flight. Made by the real transitions, so it is one that a server can open.
/// </summary>
internal sealed class LargeSearch
{
    private const int RunnersUp = 5;
    private const int OneInDiverges = 100;

    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<SearchEvent> events = [];
    private readonly Random random;
    private readonly IReadOnlyList<Candidate> candidates;
    private SearchState? state;

    private LargeSearch(SearchDefinition definition, int seed)
    {
        random = new Random(seed);
        Candidate[] shuffled = [.. Candidates.Of(definition.Space)];
        random.Shuffle(shuffled);
        candidates = shuffled;
        Apply(new SearchEvent.Created(Start, definition));
    }

    public SearchState State => state!;

    public IReadOnlyList<SearchEvent> Events => events;

    /// <summary>Twenty layers as in a small residual network, on curves of four parameters.</summary>
    public static SearchDefinition Definition(string id, int trials) => new()
    {
        Id = id,
        Name = $"{trials} networks",
        Workload = new WorkloadDescription("made-up/large", new string('b', 64), "accuracy", Layers, BaselineEpochs: 40),
        Space = CurveSpace.Parse("bezier:4", Layers.Count),
        Tasks = [0, 1, 2, 15],
        Budget = Budget.Parse($"{trials + 100}jobs"),
        Seed = 5,

        // A model of so many measurements would never be ready, should a worker come.
        Selection = new SelectionSettings { Strategy = "random" },
    };

    /// <param name="trials">Networks, each by one job; at most some 15,000.</param>
    /// <param name="id">Of the search.</param>
    /// <param name="seed">Of accuracies, orders and failures.</param>
    public static LargeSearch Make(int trials, string id = "large", int seed = 1)
    {
        var made = new LargeSearch(Definition(id, trials), seed);
        if (made.candidates.Count < trials)
        {
            throw new ArgumentException($"Trials: expected at most {made.candidates.Count}, actual {trials}.", nameof(trials));
        }

        made.Finish(1);
        for (int trial = 1; trial <= trials; trial++)
        {
            made.Select(trial);
            made.Finish(trial + 1);
        }

        return made;
    }

    /// <summary>Journal and snapshot, as a server that was closed leaves them.</summary>
    public async Task StoreAsync(ISearchStore store, CancellationToken cancellation = default)
    {
        const int batch = 1000;
        string id = State.Definition.Id;
        for (int first = 0; first < events.Count; first += batch)
        {
            await store.AppendAsync(id, first, [.. events.Skip(first).Take(batch).Select(SearchJson.Serialize)], cancellation);
        }

        await store.SaveSnapshotAsync(id, events.Count, SearchJson.Serialize(State), cancellation);
    }

    private static IReadOnlyList<LayerDescription> Layers { get; } =
    [
        .. Enumerable.Range(0, 20).Select(layer => (Width: 16 << (layer / 7), In: layer == 0 ? 3 : 16 << ((layer - 1) / 7), Extent: 32 >> (layer / 7)))
            .Select((layer, index) => new LayerDescription(
                $"conv{index + 1}", [layer.Width, layer.In, 3, 3], (long)layer.Width * layer.In * 9 * layer.Extent * layer.Extent)),
    ];

    private DateTimeOffset Now => Start.AddSeconds(events.Count);

    private void Apply(SearchEvent happened)
    {
        (state, _) = state.Apply(happened);
        events.Add(happened);
    }

    private void Select(int trial)
    {
        Candidate candidate = candidates[trial - 1];
        double gain = 1.5 / Math.Sqrt(trial) * (0.5 + random.NextDouble());
        int epochs = random.Next(10) switch { < 5 => 1, < 8 => 2, _ => 15 };
        Apply(new SearchEvent.Selected(Now, new SelectedJob
        {
            Bits = candidate.Bits,
            W = candidate.W,
            Epochs = epochs,
            GainNats = gain,
            CostEpochs = epochs + 0.5,
            Score = gain / (epochs + 0.5),
            RunnersUp = [.. Enumerable.Range(1, RunnersUp).Select(place => RunnerUpOf(trial + place, gain * (1 - (0.1 * place)), epochs))],
            PosteriorMean = Accuracy(candidate.Bits, 15) + (0.01 * (random.NextDouble() - 0.5)),
            PosteriorDeviation = 0.002 + (0.02 * random.NextDouble()),
            ExpectedRegret = 0.05 / Math.Sqrt(trial) * (0.8 + (0.4 * random.NextDouble())),
            Reason = $"Made up: {gain:0.000} nats for {epochs + 0.5} epochs.",
        }, events.Count));
    }

    private RunnerUp RunnerUpOf(int place, double gain, int epochs) =>
        new(candidates[place % candidates.Count].Bits, epochs, gain, epochs + 0.5, gain / (epochs + 0.5));

    private void Finish(int jobId)
    {
        Apply(new SearchEvent.Leased(Now, "made-up", "cpu", TimeSpan.FromMinutes(1)));
        Job job = State.JobById(jobId);
        Apply(new SearchEvent.Reported(Now, jobId, job.Lease!.Token, ReportOf(job)));
    }

    private JobReport ReportOf(Job job)
    {
        double seconds = 10 * (0.9 + (0.2 * random.NextDouble()));
        return job.Purpose == JobPurpose.Search && random.Next(OneInDiverges) == 0
            ? new JobReport { Measurements = [], TrainSeconds = seconds, Failure = new JobFailure(FailureKind.Diverged, "The loss is NaN.") }
            : new JobReport
            {
                Measurements = [.. job.EvaluateAt.Select(epochs => new Measurement(epochs, Measured(job, epochs), $"{job.Id}-{epochs}"))],
                TrainSeconds = seconds * Math.Max(1, job.EvaluateAt[^1] - job.StartEpochs),
                TrainedEpochs = job.EvaluateAt[^1] - job.StartEpochs,
                EvaluationSeconds = job.EvaluateAt.Count,
            };
    }

    // As many images as a validation split has: an accuracy is a count.
    private double Measured(Job job, int epochs) => job.Purpose == JobPurpose.Baseline
        ? 0.95
        : Math.Round(Math.Clamp(Accuracy(job.Bits, epochs) + (0.01 * (random.NextDouble() - 0.5)), 0, 1) * 5000) / 5000;

    private static double Accuracy(BitVector bits, int epochs) => 0.95 - (0.5 / (1 + epochs) * Loss(bits)) - (0.45 * Loss(bits));

    // Mean quantisation step: 1 bit everywhere loses everything, 8 bits nearly nothing.
    private static double Loss(BitVector bits) => Enumerable.Range(0, bits.Count).Average(layer => Math.Pow(2, 1 - bits[layer]));
}
