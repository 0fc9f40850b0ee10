using Bitcurve.Models.Networks;
using Bitcurve.Models.Training;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Training.Volumes;

/// <summary>What holds for every problem, whatever it is about.</summary>
internal static class ProblemChecks
{
    private const double Step = 5e-3;

    /// <summary>Every variation that a recipe can have.</summary>
    public static TrainingRecipe Recipe(int batchSize) =>
        new(1, batchSize, new LearningRateSchedule.Constant(0.05), false, 0, Augmentation.Shapes with { ShiftPixels = 0 });

    /// <summary>The losses of one epoch without training.</summary>
    public static IReadOnlyList<float> Losses(LearningProblem problem, TrainableNetwork network, long seed, int epoch)
    {
        using var session = problem.Open(network, CPU);
        return [.. session.Steps(problem.TrainCount, Recipe(4), seed, epoch).Select(Loss)];
    }

    /// <summary>The gradient of the first step's loss against central differences, at elements of every parameter.</summary>
    /// <remarks>
    /// Single precision gives a loss to about 1e-7, so differences over 2 x 5e-3 err by about 2e-5; curvature adds the same order.
    /// </remarks>
    public static void GradientsAgree(LearningProblem problem, double tolerance)
    {
        manual_seed(11);
        using var network = problem.CreateNetwork();
        using var session = problem.Open(network, CPU);
        float First() => Loss(session.Steps(problem.TrainCount, Recipe(4), 5, 0).First());

        using var scope = NewDisposeScope();
        session.Steps(problem.TrainCount, Recipe(4), 5, 0).First()().backward();
        foreach (var (name, parameter) in network.named_parameters())
        {
            using var recording = no_grad();
            var gradient = parameter.grad!.contiguous().data<float>().ToArray();
            var flat = parameter.contiguous().data<float>().ToArray();
            foreach (var element in new[] { 0, flat.Length / 2, flat.Length - 1 }.Distinct())
            {
                float At(double shift)
                {
                    float[] moved = [.. flat];
                    moved[element] += (float)shift;
                    parameter.copy_(tensor(moved, parameter.shape));
                    return First();
                }

                var difference = (At(Step) - At(-Step)) / (2 * Step);
                At(0);
                Assert.True(Math.Abs(difference - gradient[element]) <= tolerance, $"{name}[{element}]: difference {difference}, gradient {gradient[element]}");
            }
        }
    }

    private static float Loss(Func<Tensor> step)
    {
        using var scope = NewDisposeScope();
        return step().item<float>();
    }
}
