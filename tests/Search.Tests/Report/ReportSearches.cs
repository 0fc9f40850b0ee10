using Bitcurve.Search.Report;
using Bitcurve.Search.Space;
using Bitcurve.Search.Tests.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Report;

/// <summary>
/// A finished search of twelve networks with figures of a really trained one (validation and test, 0, 1, 2 and 15 epochs).
/// </summary>
internal static class ReportSearches
{
    public static readonly ReportFacts Facts = new()
    {
        CreatedAt = new DateTimeOffset(2024, 5, 1, 12, 30, 0, TimeSpan.Zero),
        ProductVersion = "0.1.0",
        FitAndChooseSeconds = 5,
        TotalSeconds = 571,
        DeviceKind = "cpu",
        Threads = 2,
    };

    public static readonly SearchDefinition Definition = new()
    {
        Id = "search",
        Workload = Vgg8.Workload,
        Space = CurveSpace.Parse("bezier:2", 8),
        Tasks = [0, 1, 2, 15],
        Budget = Budget.Parse("100epochs"),
        Seed = 5,
    };

    private static readonly (string Bits, double[] Validation)[] Measured =
    [
        ("44444444", [0.947, 0.941, 0.946, 0.942]),
        ("11111111", [0.100, 0.190, 0.272, 0.382]),
        ("65543221", [0.577, 0.921, 0.920, 0.923]),
        ("12334566", []),
        ("55544332", [0.936, 0.937, 0.950, 0.940]),
        ("44433222", [0.871, 0.922, 0.919, 0.928]),
        ("88888888", [0.946, 0.943, 0.948, 0.950]),
        ("22222222", [0.711, 0.868, 0.875, 0.877]),
        ("65544332", [0.927, 0.941, 0.943, 0.944]),
        ("23333444", [0.923, 0.936]),
        ("43322211", [0.192, 0.852, 0.865, 0.873]),
        ("33333333", [0.919]),
    ];

    public static SearchState Finished { get; } = new()
    {
        Definition = Definition,
        Phase = SearchPhase.Completed,
        EndReason = "The budget of 100epochs is spent.",
        Baseline = new BaselineResult(0.948, "fp32"),
        Spent = new Spending(99.5, Measured.Length, TrainSeconds: 250, ActiveSeconds: 300),
        Trials = [.. Measured.Select((network, index) => TrialOf(index + 1, network.Bits, network.Validation))],
        Decisions = [.. Measured.Select((network, index) => DecisionOf(index + 1, network.Bits))],
        Verification =
        [
            Run("", VerificationGroup.Fp32, 5, 0.9475, epochs: 0),
            Run("65544332", VerificationGroup.Chosen, 5, 0.944),
            Run("65544332", VerificationGroup.Chosen, 1005, 0.946),
            Run("65544332", VerificationGroup.Chosen, 2005, 0.942),
            Run("44433222", VerificationGroup.Front, 5, 0.9365),
            Run("11111111", VerificationGroup.Front, 5, 0.4055),
            Run("23344556", VerificationGroup.Reversed, 1005, 0.9325),
            Run("33333333", VerificationGroup.Uniform, 1005, 0.9395),
            Run("88888888", VerificationGroup.Uniform, 5, 0.945),
            Run("77777777", VerificationGroup.Uniform, 1005, null, failure: "OutOfMemory: Too large."),
        ],
    };

    /// <summary>An estimate for every trial, every uniform network, the reversed one, and one that was never tried.</summary>
    public static IReadOnlyList<PredictedConfiguration> Predictions { get; } =
    [
        .. Measured.Select(network => network.Bits)
            .Concat(["23344556", "55433221", .. Enumerable.Range(1, 8).Select(width => new string((char)('0' + width), 8))])
            .Distinct()
            .Select(bits => new PredictedConfiguration(BitVector.Parse(bits), 0.95 - (0.6 / (1 + BitVector.Parse(bits).Sum)), 0.004)),
    ];

    public static SearchReport Report { get; } = SearchReportBuilder.Build(Finished, Predictions, Facts);

    /// <summary>The same search of a loss: 0.02 where the accuracy is 1, 0.04 at 0.</summary>
    public static SearchState Minimised { get; } = Finished with
    {
        Definition = Definition with
        {
            Workload = Vgg8.Workload with { Metric = "Chamfer distance", Goal = MetricGoal.Minimize, MetricIsFraction = false },
        },
        Baseline = new BaselineResult(Loss(0.948), "fp32"),
        Trials = [.. Finished.Trials.Select(trial => trial with
        {
            Measurements = [.. trial.Measurements.Select(measured => measured with { Accuracy = Loss(measured.Accuracy) })],
        })],
        Decisions = [.. Finished.Decisions.Select(decision => decision with
        {
            PosteriorMean = decision.PosteriorMean is double mean ? Loss(mean) : null,
            PosteriorDeviation = decision.PosteriorDeviation * 0.02,
            ExpectedRegret = 0.005,
        })],
        Verification = [.. Finished.Verification.Select(run => run with { Accuracy = run.Accuracy is double accuracy ? Loss(accuracy) : null })],
    };

    public static SearchReport MinimisedReport { get; } = SearchReportBuilder.Build(
        Minimised, [.. Predictions.Select(prediction => new PredictedConfiguration(prediction.Bits, Loss(prediction.Mean), 0.02 * prediction.Deviation))], Facts);

    /// <summary>A search that has only just been created.</summary>
    public static SearchReport Empty { get; } = SearchReportBuilder.Build(SearchState.Create(Definition), [], Facts);

    private static double Loss(double accuracy) => 0.02 * (2 - accuracy);

    private static Trial TrialOf(int id, string bits, double[] validation) => new()
    {
        Id = id,
        Bits = BitVector.Parse(bits),
        W = [0.25, id / 20.0],
        Measurements = [.. validation.Select((accuracy, task) => new Measurement(Definition.Tasks[task], accuracy, $"{bits}-{task}"))],
        Failures = validation.Length == 0 ? [new JobFailure(FailureKind.Diverged, "The metric is \"NaN\", at 1 epoch.")] : [],
        SetAside = validation.Length == 0 ? "Diverged: the metric is \"NaN\", at 1 epoch." : null,
    };

    private static Decision DecisionOf(int id, string bits) => new(
        id,
        id + 1,
        id,
        BitVector.Parse(bits),
        Definition.Tasks[id % 4],
        0.9 / id,
        0.4 + id,
        0.9 / id / (0.4 + id),
        [new RunnerUp(BitVector.Uniform(5, 8), 15, 0.1, 15.7, 0.0064), new RunnerUp(BitVector.Uniform(6, 8), 0, 0.05, 0.4, 0.125)],
        id == 1 ? null : 0.93,
        id == 1 ? null : 0.01,
        id == 1 ? "First of the starting design." : "Most information per epoch.");

    private static VerificationRun Run(
        string bits, VerificationGroup group, long seed, double? accuracy, int epochs = 15, string? failure = null) => new()
        {
            Bits = BitVector.Parse(bits),
            Groups = [group],
            Seed = seed,
            Epochs = epochs,
            JobId = 1,
            Accuracy = accuracy,
            Failure = failure,
        };
}
