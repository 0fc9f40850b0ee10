using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training;

/// <summary>
/// One network at work on one problem. Everything random in a step is keyed by (seed, epoch, step), so that a resumed training repeats it; what
/// a measurement samples is fixed. Not thread-safe.
/// </summary>
public abstract class LearningSession(TrainableNetwork network) : IDisposable
{
    /// <summary>What is trained.</summary>
    public TrainableNetwork Network { get; } = network;

    /// <summary>The parameters that training changes, a part of <see cref="Network"/>'s where others are frozen.</summary>
    public virtual IEnumerable<(string name, Parameter parameter)> Parameters => Network.named_parameters();

    /// <summary>Puts the network into training mode; frozen parts stay in evaluation mode.</summary>
    public virtual void Train() => Network.train();

    /// <summary>
    /// The steps of one epoch, in order. Each is called once, within a dispose scope and with gradients recorded, and returns the step's loss,
    /// one element. The last partial batch is dropped.
    /// </summary>
    /// <param name="count">Uses the first so many training samples.</param>
    /// <param name="recipe">Batch size and augmentation.</param>
    /// <param name="seed">With <paramref name="epoch"/> decides everything random.</param>
    /// <param name="epoch">Epochs trained before this one.</param>
    public abstract IEnumerable<Func<Tensor>> Steps(int count, TrainingRecipe recipe, long seed, int epoch);

    /// <summary>The problem's metric on a split. The caller has put the network into evaluation mode and records no gradients.</summary>
    public abstract double Measure(Split split);

    /// <summary>The metric first, then whatever else tells how good the network is, by name; may cost more than <see cref="Measure"/>.</summary>
    public abstract IReadOnlyList<(string Name, double Value)> MeasureAll(Split split);

    /// <summary>The metric of the best answer that does not look at its input: the most frequent class, the mean shape.</summary>
    public abstract double Trivial(Split split);

    /// <summary>Pictures of what the network makes of some test samples; empty where there is nothing to see. Called as <see cref="MeasureAll"/>.</summary>
    public virtual IReadOnlyList<LearningPicture> Pictures() => [];

    /// <summary>Forward passes over the first training samples in order, about 1,000 where there are so many, to re-estimate batch-norm statistics.</summary>
    public abstract IEnumerable<Action> CalibrationPasses();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
