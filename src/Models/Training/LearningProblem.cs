using Bitcurve.Models.Networks;
using Bitcurve.Models.Series;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training;

/// <summary>
/// What there is to learn: data, a network that can learn it, how its errors are weighed and by which figure it is judged. Immutable; data are
/// loaded or generated when first asked for, and belong to every training of the problem alike. Thread-safe.
/// </summary>
public abstract class LearningProblem
{
    /// <summary>The figure that a search optimises.</summary>
    public abstract Metric Metric { get; }

    /// <summary>Training samples of one epoch of the FP32 training.</summary>
    public abstract int TrainCount { get; }

    /// <summary>Training samples of one epoch of fine-tuning: the first so many.</summary>
    public abstract int FineTuneCount { get; }

    /// <summary>SHA-256 (hex) of the samples of all splits and of whatever else decides loss and metric, except network and recipe.</summary>
    public abstract string ContentHash { get; }

    /// <summary>The layers that a search may quantise, in module order; known without weights.</summary>
    public abstract IReadOnlyList<QuantizedLayer> Layers { get; }

    /// <summary>A network with weights drawn from the global generator (torch.manual_seed), on the processor. The caller's.</summary>
    /// <param name="series">Series in place of kernels; null for none.</param>
    /// <exception cref="ArgumentException">The series do not fit the kernels, or this problem's networks have none.</exception>
    public abstract TrainableNetwork CreateNetwork(SeriesScheme? series = null);

    /// <summary>Begins work with one network of <see cref="CreateNetwork"/>, which stays the caller's.</summary>
    /// <param name="network">On <paramref name="device"/> already.</param>
    /// <param name="device">Where batches are made.</param>
    public abstract LearningSession Open(TrainableNetwork network, Device device);
}
