namespace Bitcurve.Models.Training;

/// <summary>The loss became NaN or infinite: this configuration cannot be trained with this recipe.</summary>
public sealed class DivergedException(int epoch, int step)
    : Exception($"training diverged: the loss was not finite in epoch {epoch + 1}, step {step + 1}")
{
    /// <summary>Epochs finished before.</summary>
    public int Epoch { get; } = epoch;

    /// <summary>Steps of the epoch finished before.</summary>
    public int Step { get; } = step;
}
