using Bitcurve.Models.Data;
using Bitcurve.Models.Networks.Meshes;
using Bitcurve.Models.Training;
using Bitcurve.Models.Workloads;
using Bitcurve.Models.Workloads.Systems;
using static TorchSharp.torch;

namespace Bitcurve.Models.Experiments;

/// <summary>
/// What dynamic residual blocks cost and give (seed 001, Tables 1 and 2). Times are ratios to the same network with dense residual blocks, measured in
/// turn within one run; the seed's are ratios to Mesh R-CNN, which has no such blocks.
/// </summary>
public sealed class DynamicDensity : Experiment
{
    private const int TimedSteps = 21;

    public override string Name => "dynamic-density";

    public override string Source => "seed 001, Table 2";

    public override string Summary => "how training and testing time depend on the number of dynamic residual blocks and on their density";

    public override IReadOnlyList<string> Columns => ["training time ↓", "testing time ↓", "F1 ↑", "F1 at 2 tau ↑", "Chamfer distance x 1000 ↓", "density"];

    public override IReadOnlyList<ExperimentRow> Rows(WorkloadScale scale)
    {
        var budget = MeshSystems.OptionsOf(scale).Budget;
        return
        [
            Row("no residuals", 0, null, [1, 1, null, null, null, null]),
            Row("3 residuals, dense", 3, null),
            Row("3 residuals", 3, budget, [0.82, 0.93, null, null, null, null]),
            Row("4 residuals", 4, budget, [0.87, 0.95, null, null, null, null]),
            Row("5 residuals", 5, budget, [0.92, 0.97, null, null, null, null]),
            Row("6 residuals", 6, budget, [0.97, 0.98, null, null, null, null]),
            Row("3 residuals, budget 0.1", 3, 0.1),
            Row("3 residuals, budget 0.5", 3, 0.5),
            Row("3 residuals, budget 0.75", 3, 0.75),
        ];
    }

    private static ExperimentRow Row(string label, int blocks, double? budget, IReadOnlyList<double?>? published = null) =>
        new(label, stages => Measured(stages, blocks, budget), published);

    private static IReadOnlyList<double?> Measured(ExperimentStages stages, int blocks, double? budget)
    {
        var recipe = MeshSystems.Baseline(stages.Scale);
        var stage = FormattableString.Invariant($"blocks{blocks}-{(budget is { } share ? $"budget{share}" : "dense")}");
        using var run = stages.Train(stage, Problem(stages.Scale, blocks, budget), recipe);
        var figures = run.EvaluateAll(Split.Test);

        // Time does not depend on what weights a dense network has: it need not be trained. Without residuals the reference has the usual three.
        using var dense = TrainingRun.FromScratch(Problem(stages.Scale, blocks == 0 ? 3 : blocks, null), recipe, stages.Seed, stages.Device);
        var densities = figures.Skip(3).Select(figure => figure.Value).ToList();
        return
        [
            PairedTimes.Ratio(Training(run, recipe, stages.Seed), Training(dense, recipe, stages.Seed), TimedSteps),
            PairedTimes.Ratio(Testing(run), Testing(dense), TimedSteps),
            .. figures.Take(3).Select(figure => (double?)figure.Value),
            densities.Count == 0 ? null : densities.Average(),
        ];
    }

    private static MeshRefinement Problem(WorkloadScale scale, int blocks, double? budget)
    {
        var options = MeshSystems.OptionsOf(scale);
        return MeshSystems.Problem(scale, options with
        {
            Budget = budget ?? 1,
            Network = options.Network with { Blocks = blocks, IsDynamic = budget is not null },
        });
    }

    // One optimiser step on the first batch.
    private static Action Training(TrainingRun run, TrainingRecipe recipe, long seed)
    {
        var step = run.Session.Steps(recipe.BatchSize, recipe, seed, 0).First();
        return () =>
        {
            using var scope = NewDisposeScope();
            run.Session.Train();
            run.Step(step);
        };
    }

    // From images to meshes, without comparing them with the truth.
    private static Action Testing(TrainingRun run)
    {
        var pass = run.Session.CalibrationPasses().First();
        return () =>
        {
            using var scope = NewDisposeScope();
            using var recording = no_grad();
            run.Network.eval();
            pass();
        };
    }
}
