using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Points;

/// <summary>To a coarser scale: a linear layer of neighbours' features and offsets, then their maximum (Zhao et al. 2021, Fig. 4b).</summary>
public sealed class TransitionDown : nn.Module
{
    private readonly Linear linear;
    private readonly BatchNorm1d norm;

    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="pools">False for the finest scale, where the points stay as they are.</param>
    public TransitionDown(int inputs, int outputs, bool pools)
        : base(nameof(TransitionDown))
    {
        register_module(nameof(linear), linear = nn.Linear(pools ? inputs + 3 : inputs, outputs, hasBias: false));
        register_module(nameof(norm), norm = nn.BatchNorm1d(outputs));
    }

    /// <summary>N x C of the finer scale to M x O.</summary>
    /// <param name="features">N x C.</param>
    /// <param name="neighbours">The coarse points' in the finer scale; null where nothing is pooled.</param>
    public Tensor call(Tensor features, NeighbourTensors? neighbours)
    {
        if (neighbours is null)
        {
            return norm.call(linear.OverRows(features)).relu();
        }

        var grouped = cat([neighbours.Offsets, features.index_select(0, neighbours.Indices)], 1); // MK x (3 + C)
        var widened = norm.call(linear.OverRows(grouped)).relu();
        return widened.view(neighbours.Rows, neighbours.Size, widened.shape[1]).amax([1]);
    }
}
