using System.CommandLine;
using Bitcurve.Search.Choosing;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Cli;

/// <summary>The options that say what a search is, the same for <c>run</c> and <c>search create</c>.</summary>
internal static class SearchOptions
{
    private static readonly Option<string> Workload = new("--workload") { Description = "NETWORK/DATA; 'bitcurve workloads' lists them.", DefaultValueFactory = _ => "vgg8/shapes32" };
    private static readonly Option<string?> Scale = new("--scale") { Description = $"Size of the workload's network and data where there are two: {Models.Workloads.WorkloadName.ScaleNames}." };
    private static readonly Option<string> Space = new("--space") { Description = "Curve and number of its parameters: bezier:D or chebyshev:D for bit-widths; harmonics:bezier:D for series-compressed kernels; joint:bezier:D for both, a curve each.", DefaultValueFactory = _ => "bezier:2" };
    private static readonly Option<string> Bits = new("--bits") { Description = "Range of bit-widths to search, MIN..MAX within 1..8.", DefaultValueFactory = _ => "1..8" };
    private static readonly Option<string> Tasks = new("--tasks") { Description = "Training lengths to choose from, epochs; the last one is what counts.", DefaultValueFactory = _ => "0,1,2,15" };
    private static readonly Option<string> Budget = new("--budget") { Description = "What the search may spend: 150epochs, 40jobs, 30m, 2h. Run again with more to go on.", DefaultValueFactory = _ => "150epochs" };
    private static readonly Option<long> Seed = new("--seed") { Description = "Decides everything random.", DefaultValueFactory = _ => 0 };
    private static readonly Option<string> Strategy = new("--strategy") { Description = $"How the next job is picked: {string.Join(", ", StrategyCatalogue.Names)}.", DefaultValueFactory = _ => new SelectionSettings().Strategy };
    private static readonly Option<string> About = new("--about") { Description = "What information-gain asks about: front, function (the thesis) or maximum (the best effective accuracy).", DefaultValueFactory = _ => new SelectionSettings().About };
    private static readonly Option<double?> StopRegret = new("--stop-regret") { Description = "End the search early once the model expects less than so many points of accuracy from going on (per cent of FP32's value for a metric that is no fraction), e.g. 0.1 [default: never]." };
    private static readonly Option<bool> Plain = new("--plain") { Description = "The bare criterion: no job overhead, no closing part of the budget, no limit on cheap jobs in a row." };
    private static readonly Option<string> Model = new("--model") { Description = "default, or thesis: squared exponential on w, raw accuracy, constant means, no anchors. Sets what the options below leave open.", DefaultValueFactory = _ => "default" };
    private static readonly Option<string> Kernel = new("--kernel") { Description = "matern52 or se.", DefaultValueFactory = _ => new SelectionSettings().Kernel };
    private static readonly Option<string> KernelInput = new("--kernel-input") { Description = $"What the kernel sees: {string.Join(", ", Selection.KernelInput.Names)}.", DefaultValueFactory = _ => new SelectionSettings().KernelInput };
    private static readonly Option<string> Transform = new("--transform") { Description = "Scale of the metric in the model: log-loss (of a minimised positive metric its logarithm) or none.", DefaultValueFactory = _ => new SelectionSettings().Transform };
    private static readonly Option<string> Mean = new("--mean") { Description = $"Mean function of the model: {string.Join(", ", MeanFeatures.Names)}.", DefaultValueFactory = _ => new SelectionSettings().Mean };
    private static readonly Option<bool> Nugget = new("--nugget") { Description = "Whether a network may deviate from the smooth surface on its own.", DefaultValueFactory = _ => true };
    private static readonly Option<bool> Calibrate = new("--calibrate") { Description = "Whether intervals are widened by what leaving networks out shows them to lack.", DefaultValueFactory = _ => true };
    private static readonly Option<bool> Gate = new("--gate") { Description = "Whether short trainings are left out while they do not help to predict the target.", DefaultValueFactory = _ => true };
    private static readonly Option<bool> AnchorLowest = new("--anchor-lowest") { Description = "Measure the smallest network first." };
    private static readonly Option<string> Closing = new("--closing") { Description = $"What the last part of the budget trains: {string.Join(" or ", ClosingJobs.Names)}.", DefaultValueFactory = _ => new SelectionSettings().Closing };
    private static readonly Option<bool> Thesis = new("--thesis") { Description = "Exactly the thesis: --model thesis --strategy information-gain --about function --plain." };
    private static readonly Option<double> K = new("--k") { Description = "One more bit in one layer must buy 1/K of accuracy (of FP32's value for a metric that is no fraction).", DefaultValueFactory = _ => new ChoosingSettings().BitsPerAccuracy };
    private static readonly Option<RankBy> Rank = new("--rank-by") { Description = "What the chosen network is best in.", DefaultValueFactory = _ => RankBy.Effective };
    private static readonly Option<long?> MaximumMemory = new("--max-memory") { Description = "Hard limit on the stored weights, bytes." };
    private static readonly Option<double?> MinimumAccuracy = new("--min-accuracy") { Description = "Hard limit on the metric, a fraction for accuracies: the worst value allowed, so a maximum where it is minimised." };
    private static readonly Option<int> Repeats = new("--repeats") { Description = "Fine-tunings of the chosen network in verification, each with its own seed.", DefaultValueFactory = _ => new VerificationSettings().Repeats };
    private static readonly Option<bool> NoVerify = new("--no-verify") { Description = "End after the search, without verification on the test split." };
    private static readonly Option<bool> FloatActivations = new("--fp-activations") { Description = "Quantise weights only." };
    private static readonly Option<WeightRounding> Rounding = new("--rounding") { Description = "nearest (the authors' code) or floor (the thesis's text).", DefaultValueFactory = _ => WeightRounding.Nearest };
    private static readonly Option<bool> RecalibrateBatchNorm = new("--recalibrate-bn") { Description = "Re-estimate batch-norm statistics before the 0-epoch evaluation." };

    private static readonly Option<int> BlockSize = new("--block-size") { Description = "Input channels that share one multiplier.", DefaultValueFactory = _ => new QuantizerSettings().BlockSize };
    private static readonly Option<MultiplierPrecision> Multiplier = new("--multiplier") { Description = "How block multipliers are stored: fp16 or fp32.", DefaultValueFactory = _ => MultiplierPrecision.Fp16 };
    private static readonly Option<string?> Skip = new("--skip") { Description = "Layers that stay in FP32: names with commas between, or first, last [default: none]." };
    private static readonly Option<SeriesBasis> Series = new("--series") { Description = "What compressed kernels are made of: cosine or chebyshev.", DefaultValueFactory = _ => SeriesBasis.Cosine };
    private static readonly Option<SeriesFit> Fit = new("--fit") { Description = "How their coefficients are found: closed (least squares) or gradient (the thesis).", DefaultValueFactory = _ => SeriesFit.Closed };

    internal static void AddTo(Command command)
    {
        Option[] options =
        [
            Workload, Scale, Space, Bits, Tasks, Budget, Seed,
            Strategy, About, Closing, StopRegret, Plain, Model, Kernel, KernelInput, Mean, Transform, Nugget, Calibrate, Gate, AnchorLowest, Thesis,
            K, Rank, MaximumMemory, MinimumAccuracy, Repeats, NoVerify, FloatActivations, Rounding, RecalibrateBatchNorm,
            BlockSize, Multiplier, Skip, Series, Fit,
        ];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    internal static SearchRequest Read(ParseResult parsed, bool costPerDevice) => new()
    {
        Workload = Models.Workloads.WorkloadName.Complete(Models.Workloads.WorkloadName.AtScale(parsed.GetValue(Workload)!, parsed.GetValue(Scale))),
        Space = parsed.GetValue(Space)!,
        Bits = parsed.GetValue(Bits)!,
        Tasks = parsed.GetValue(Tasks)!,
        Budget = parsed.GetValue(Budget)!,
        Seed = parsed.GetValue(Seed),
        Selection = ReadSelection(parsed) with { CostPerDevice = costPerDevice },
        Choosing = new ChoosingSettings
        {
            BitsPerAccuracy = parsed.GetValue(K),
            RankBy = parsed.GetValue(Rank),
            MaximumMemoryBytes = parsed.GetValue(MaximumMemory),
            MinimumAccuracy = parsed.GetValue(MinimumAccuracy),
        },
        Verification = parsed.GetValue(NoVerify)
            ? new VerificationSettings { Groups = [] }
            : new VerificationSettings { Repeats = parsed.GetValue(Repeats) },
        Quantizer = new QuantizerSettings(
            BlockSize: parsed.GetValue(BlockSize),
            Rounding: parsed.GetValue(Rounding),
            QuantizeActivations: !parsed.GetValue(FloatActivations),
            RecalibrateBatchNorm: parsed.GetValue(RecalibrateBatchNorm),
            Multipliers: parsed.GetValue(Multiplier),
            Skip: parsed.GetValue(Skip)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Series: parsed.GetValue(Series),
            Fit: parsed.GetValue(Fit)),
    };

    // A preset decides what the command line leaves open: an option that is given always holds.
    private static SelectionSettings ReadSelection(ParseResult parsed)
    {
        var thesis = parsed.GetValue(Thesis);
        var settings = new SelectionSettings { About = thesis ? "function" : new SelectionSettings().About };
        settings = IsThesisModel(parsed) ? settings.WithThesisModel() : settings;
        settings = thesis || parsed.GetValue(Plain) ? settings.WithoutRemedies() : settings;
        return settings with
        {
            StopRegret = parsed.GetValue(StopRegret) / 100,
            Strategy = Given(parsed, Strategy) ?? settings.Strategy,
            About = Given(parsed, About) ?? settings.About,
            Kernel = Given(parsed, Kernel) ?? settings.Kernel,
            KernelInput = Given(parsed, KernelInput) ?? settings.KernelInput,
            Transform = Given(parsed, Transform) ?? settings.Transform,
            Mean = Given(parsed, Mean) ?? settings.Mean,
            Nugget = IsGiven(parsed, Nugget) ? parsed.GetValue(Nugget) : settings.Nugget,
            Calibrate = IsGiven(parsed, Calibrate) ? parsed.GetValue(Calibrate) : settings.Calibrate,
            GateLowFidelities = IsGiven(parsed, Gate) ? parsed.GetValue(Gate) : settings.GateLowFidelities,
            AnchorLowest = parsed.GetValue(AnchorLowest),
            Closing = Given(parsed, Closing) ?? settings.Closing,
        };
    }

    private static bool IsThesisModel(ParseResult parsed) => (Given(parsed, Model) ?? (parsed.GetValue(Thesis) ? "thesis" : "default")) switch
    {
        "thesis" => true,
        "default" => false,
        var name => throw new ArgumentException($"--model: expected default or thesis, actual '{name}'"),
    };

    private static string? Given(ParseResult parsed, Option<string> option) => IsGiven(parsed, option) ? parsed.GetValue(option) : null;

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
