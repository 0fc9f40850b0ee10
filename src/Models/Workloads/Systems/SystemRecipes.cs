using Bitcurve.Models.Training;

namespace Bitcurve.Models.Workloads.Systems;

/// <summary>How the systems of three dimensions are trained: as published at full scale, in under a minute on one core at small scale.</summary>
/// <remarks>Fine-tuning has a constant rate, so that the tasks of a search are checkpoints of one run.</remarks>
internal static class SystemRecipes
{
    /// <summary>Every turn and mirroring that the data allow.</summary>
    internal static readonly Augmentation Turned = Augmentation.Shapes with { ShiftPixels = 0 };

    /// <summary>
    /// Maturana and Scherer 2015, section IV: SGD, momentum 0.9, rate 0.001 divided by ten every 40,000 batches of 32, penalty 0.001. The epochs
    /// are 150,000 batches of ModelNet40, the paper gives none.
    /// </summary>
    internal static readonly TrainingRecipe VoxNet =
        new(480, 32, new LearningRateSchedule.Milestones(0.001, 10, 4.0 / 15, 8.0 / 15, 12.0 / 15), false, 0.001, Turned);

    /// <summary>Seed 000, 3.2: 20 epochs, rate 1e-5, from the tenth 1e-6, batch 8; the optimiser is not told, such rates are Adam's.</summary>
    internal static readonly TrainingRecipe Vgg3d =
        new(20, 8, new LearningRateSchedule.Milestones(1e-5, 10, 0.5, 1, 1), false, 0, Turned) { Optimizer = OptimizerKind.Adam };

    /// <summary>Seed 000, 3.3: 120 epochs, rate 1e-6, from the sixtieth 1e-7, batch 32; optimiser as <see cref="Vgg3d"/>.</summary>
    internal static readonly TrainingRecipe Reconstruction =
        new(120, 32, new LearningRateSchedule.Milestones(1e-6, 10, 0.5, 1, 1), false, 0, Augmentation.None) { Optimizer = OptimizerKind.Adam };

    /// <summary>Tran et al. 2018, 4.2: 45 epochs, rate 0.01 divided by ten every ten epochs after the first ten, 32 clips.</summary>
    internal static readonly TrainingRecipe R3d =
        new(45, 32, new LearningRateSchedule.Milestones(0.01, 10, 20.0 / 45, 30.0 / 45, 40.0 / 45), false, 1e-4, Turned);

    /// <summary>Dai and Niessner 2018 and their code: SGD, momentum 0.9, rate 0.001, penalty 5e-4; ten epochs.</summary>
    internal static readonly TrainingRecipe Columns =
        new(10, 64, new LearningRateSchedule.Constant(0.001), false, 5e-4, Turned);

    /// <summary>Chibane et al. 2020 and their code: Adam, rate 1e-6, four shapes a step; the paper gives no epochs.</summary>
    internal static readonly TrainingRecipe DistanceField =
        new(150, 4, new LearningRateSchedule.Constant(1e-6), false, 0, Augmentation.None) { Optimizer = OptimizerKind.Adam };

    /// <summary>Thesis ch. 3: 15 epochs of SGD at 0.001.</summary>
    internal static TrainingRecipe FineTuning(TrainingRecipe baseline) => baseline with
    {
        Epochs = 15,
        Schedule = new LearningRateSchedule.Constant(baseline.Optimizer == OptimizerKind.Sgd ? 0.001 : LastRate(baseline)),
    };

    /// <summary>At small scale: Adam, from a quick start down a half cosine.</summary>
    internal static TrainingRecipe Small(int epochs, int batchSize, double rate, Augmentation augmentation) =>
        new(epochs, batchSize, new LearningRateSchedule.WarmUpCosine(rate / 10, rate, rate / 100), false, 0, augmentation) { Optimizer = OptimizerKind.Adam };

    /// <summary>At small scale: Adam at a constant rate.</summary>
    internal static TrainingRecipe SmallFineTuning(TrainingRecipe baseline, double rate) =>
        baseline with { Epochs = 15, Schedule = new LearningRateSchedule.Constant(rate) };

    private static double LastRate(TrainingRecipe baseline) => baseline.Schedule.At((10 * baseline.Epochs) - 1, 10, baseline.Epochs);
}
