using System.Globalization;
using System.Text;

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
    /// <summary>How gradients become changes of the weights; momentum and Nesterov are SGD's.</summary>
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Sgd;

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

    /// <summary>
    /// FP32 training on ImageNet at 32 x 32: rate 0.01, a fifth of it every 10 of 40 epochs (Chrabaszcz, Loshchilov, Hutter 2017).
    /// </summary>
    public static readonly TrainingRecipe ImageNet32Baseline =
        new(40, 128, new LearningRateSchedule.Milestones(0.01, 5, 0.25, 0.5, 0.75), true, 5e-4, Augmentation.PadCropFlip);

    /// <summary>FP32 training on ImageNet (Goyal et al. 2017, arXiv:1706.02677): rate 0.1, a tenth of it at epochs 30, 60 and 80 of 90.</summary>
    public static readonly TrainingRecipe ImageNetBaseline =
        new(90, 256, new LearningRateSchedule.Milestones(0.1, 10, 1.0 / 3, 2.0 / 3, 8.0 / 9), false, 1e-4, Augmentation.PadCropFlipLarge);

    /// <summary>Fine-tuning after quantisation on ImageNet at 32 x 32.</summary>
    public static readonly TrainingRecipe ImageNet32FineTuning = CifarFineTuning with { Epochs = 5 };

    /// <summary>Fine-tuning after quantisation on ImageNet.</summary>
    public static readonly TrainingRecipe ImageNetFineTuning = ImageNet32FineTuning with { Augmentation = Augmentation.PadCropFlipLarge };

    // A recipe's text is part of what identifies a baseline: what came later is written only where it differs.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"{nameof(Epochs)} = {Epochs}, {nameof(BatchSize)} = {BatchSize}, {nameof(Schedule)} = {Schedule}, {nameof(Nesterov)} = {Nesterov}, ");
        text.Append(CultureInfo.InvariantCulture, $"{nameof(WeightDecay)} = {WeightDecay}, {nameof(Augmentation)} = {Augmentation}, {nameof(Momentum)} = {Momentum}");
        if (Optimizer != OptimizerKind.Sgd)
        {
            text.Append(CultureInfo.InvariantCulture, $", {nameof(Optimizer)} = {Optimizer}");
        }

        return true;
    }
}
