namespace Bitcurve.Models.Training;

/// <summary>Everything that decides a training besides network, data and seed.</summary>
/// <param name="Epochs">Length of the whole training; schedules refer to it. A constant schedule may be continued beyond.</param>
/// <param name="BatchSize">Images per step; the last partial batch of an epoch is dropped.</param>
/// <param name="Schedule">Learning rate.</param>
/// <param name="Nesterov">Whether momentum looks ahead.</param>
/// <param name="WeightDecay">L2 penalty on all parameters.</param>
/// <param name="Augmentation">How images are varied.</param>
/// <param name="Momentum">Of stochastic gradient descent.</param>
public sealed record TrainingRecipe(
    int Epochs,
    int BatchSize,
    LearningRateSchedule Schedule,
    bool Nesterov,
    double WeightDecay,
    Augmentation Augmentation,
    double Momentum = 0.9)
{
    /// <summary>FP32 training of the small networks on shapes32 (shapes32.md).</summary>
    public static readonly TrainingRecipe ShapesBaseline =
        new(40, 64, new LearningRateSchedule.WarmUpCosine(0.01, 0.1, 1e-4), true, 5e-4, Augmentation.Shapes);

    /// <summary>Fine-tuning after quantisation on shapes32 (shapes32.md): constant, so that the tasks are checkpoints of one run.</summary>
    public static readonly TrainingRecipe ShapesFineTuning =
        new(15, 64, new LearningRateSchedule.Constant(1e-3), false, 5e-4, Augmentation.Shapes);

    /// <summary>FP32 training on CIFAR (networks.md).</summary>
    public static readonly TrainingRecipe CifarBaseline =
        new(350, 128, new LearningRateSchedule.Stepwise(0.1), false, 5e-4, Augmentation.PadCropFlip);

    /// <summary>Fine-tuning after quantisation on CIFAR (networks.md).</summary>
    public static readonly TrainingRecipe CifarFineTuning =
        new(15, 128, new LearningRateSchedule.Constant(1e-3), false, 5e-4, Augmentation.PadCropFlip);
}
