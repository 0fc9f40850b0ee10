using System.Text.Json;
using System.Text.Json.Serialization;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>Where a search stands.</summary>
public enum SearchPhase
{
    /// <summary>The FP32 network is trained or being trained.</summary>
    Baseline,

    Searching,

    /// <summary>The outcome is measured on the test split.</summary>
    Verifying,

    Completed,

    /// <summary>Ended by the user before its time.</summary>
    Cancelled,

    /// <summary>No baseline, so no search; <see cref="SearchState.EndReason"/> says why.</summary>
    Failed,
}

/// <param name="Accuracy">FP32 metric on the validation split.</param>
/// <param name="Checkpoint">Content hash of the FP32 weights: the start of every fine-tuning.</param>
public sealed record BaselineResult(double Accuracy, string Checkpoint);

/// <summary>What a search has used.</summary>
/// <param name="Epochs">Charged for search jobs when ordered; a failed job is not refunded.</param>
/// <param name="Jobs">Search jobs ordered.</param>
/// <param name="TrainSeconds">Summed over the reports of all jobs, whatever their purpose.</param>
/// <param name="ActiveSeconds">Time in the searching phase during which the search ran and was not paused.</param>
public sealed record Spending(double Epochs = 0, int Jobs = 0, double TrainSeconds = 0, double ActiveSeconds = 0);

/// <summary>
/// A whole search as one value. Every change is a pure function to the next value (<see cref="Leasing"/>, <see cref="Reporting"/>,
/// <see cref="Steering"/>): the same events give the same bytes. Immutable.
/// </summary>
public sealed record SearchState
{
    public const int CurrentSchemaVersion = 1;

    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    public required SearchDefinition Definition { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public SearchPhase Phase { get; init; } = SearchPhase.Baseline;

    public bool Paused { get; init; }

    /// <summary>Why the searching phase ended, or why the search failed; null before.</summary>
    public string? EndReason { get; init; }

    public BaselineResult? Baseline { get; init; }

    public Spending Spent { get; init; } = new();

    /// <summary>Until when <see cref="Spending.ActiveSeconds"/> is accounted; null while the clock stands.</summary>
    public DateTimeOffset? ActiveThrough { get; init; }

    public int NextTrialId { get; init; } = 1;

    public int NextJobId { get; init; } = 1;

    public long LastToken { get; init; }

    public IReadOnlyList<Trial> Trials { get; init => field = TrialList.Of(value); } = TrialList.Of([]);

    public IReadOnlyList<Job> Jobs { get; init => field = JobList.Of(value); } = JobList.Of([]);

    public IReadOnlyList<VerificationRun> Verification { get; init; } = [];

    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>How many of the decisions were made before the budget was last raised: only later ones end a search by themselves.</summary>
    public int DecisionsAtTopUp { get; init; }

    /// <summary>The strategy's own notes, e.g. hyperparameters to start the next fit from. The search never looks inside.</summary>
    public JsonElement? SelectionMemory { get; init; }

    /// <summary>
    /// The device that a decision is asked for, null for any. Belongs to the question, not to the search: it is not stored
    /// (see <see cref="AskedFor"/>).
    /// </summary>
    [JsonIgnore]
    public DeviceCost? Device { get; private init; }

    public bool HasEnded => Phase is SearchPhase.Completed or SearchPhase.Cancelled or SearchPhase.Failed;

    /// <summary>A search whose first job, the baseline, is queued.</summary>
    /// <exception cref="ArgumentException">The definition contradicts itself.</exception>
    public static SearchState Create(SearchDefinition definition)
    {
        definition.Validate();
        var baseline = new Job
        {
            Id = 1,
            Purpose = JobPurpose.Baseline,
            Seed = definition.Seed,
            EvaluateAt = [definition.Workload.BaselineEpochs],
            Split = EvaluationSplit.Validation,
        };
        return new SearchState { Definition = definition, Jobs = [baseline], NextJobId = 2 };
    }

    public Trial? TrialOf(BitVector bits) => ((TrialList)Trials).Of(bits);

    /// <summary>Queued and leased jobs, the oldest first.</summary>
    [JsonIgnore]
    public IEnumerable<Job> PendingJobs => ((JobList)Jobs).Pending;

    /// <exception cref="ArgumentException">No such job.</exception>
    public Job JobById(int id) => id >= 1 && id <= Jobs.Count
        ? Jobs[id - 1]
        : throw new ArgumentException($"Job: expected one of 1..{Jobs.Count}, actual {id}.", nameof(id));

    /// <summary>This state as a strategy sees it that is to choose for a device.</summary>
    public SearchState AskedFor(string? deviceKind) => DeviceCost.Of(this, deviceKind) is DeviceCost cost ? this with { Device = cost } : this;

    /// <summary>Whether a strategy may select this network now: not set aside, not in flight, not yet measured at the target.</summary>
    public bool IsSelectable(BitVector bits) => TrialOf(bits) is not Trial trial
        || (trial.SetAside is null && trial.MeasuredEpochs < Definition.TargetEpochs && !IsInFlight(trial));

    public bool IsInFlight(Trial trial) => PendingJobs.Any(job => job.TrialId == trial.Id);

    /// <summary>Every measured configuration at its highest fidelity, those set aside excepted.</summary>
    public IReadOnlyList<Configuration> MeasuredConfigurations() =>
    [
        .. Trials
            .Where(trial => trial.SetAside is null && trial.Measurements.Count > 0)
            .Select(trial => new Configuration(trial.Bits, trial.Measurements[^1].Accuracy, trial.MeasuredEpochs, SizeOf(trial)) { Scale = Scale }),
    ];

    /// <summary>How measurements compare; they are kept as they were measured.</summary>
    [JsonIgnore]
    public MetricScale Scale => MetricScale.Of(Definition.Workload, Baseline?.Accuracy);

    /// <summary>What a network that was tried takes to store and to run; computed once for each.</summary>
    public ModelSize SizeOf(Trial trial) => ((TrialList)Trials).SizeOf(Definition, trial.Bits);

    /// <summary>The recommendation: best among those measured at the highest fidelity reached, null before the first.</summary>
    public Configuration? ChosenConfiguration() => Chosen.Of(MeasuredConfigurations(), Definition.Choosing);

    /// <summary>Stored weights of <see cref="ChosenConfiguration"/>, null when there is none or they were not kept.</summary>
    public string? ChosenCheckpoint() =>
        ChosenConfiguration() is Configuration best ? TrialOf(best.Bits)?.CheckpointUpTo(best.Epochs)?.Checkpoint : null;

    /// <summary>Every artifact that the search may still read, or that a result refers to; all others can be deleted.</summary>
    public IReadOnlySet<string> ReferencedArtifacts()
    {
        IEnumerable<string?> all =
        [
            Baseline?.Checkpoint,
            .. Trials.SelectMany(trial => trial.Measurements).Select(measurement => measurement.Checkpoint),
            .. Jobs.SelectMany(job => job.Measurements).Select(measurement => measurement.Checkpoint),
            .. Jobs.Where(job => job.IsPending).SelectMany(job => (string?[])[job.StartArtifact, job.ResumeArtifact]),
        ];
        return all.OfType<string>().ToHashSet();
    }

    // Ids count from 1 (see SearchInvariants), so an id tells the place.
    internal SearchState WithJob(Job job) => this with { Jobs = ((JobList)Jobs).With(job.Id - 1, job) };

    internal SearchState WithTrial(Trial trial) => this with { Trials = ((TrialList)Trials).With(trial.Id - 1, trial) };

    internal SearchState AndTrial(Trial trial) => this with { Trials = ((TrialList)Trials).And(trial), NextTrialId = NextTrialId + 1 };
}
