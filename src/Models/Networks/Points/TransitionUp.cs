using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Points;

/// <summary>To a finer scale: interpolated coarse features plus those that the encoder had there (Zhao et al. 2021, Fig. 4c).</summary>
public sealed class TransitionUp : nn.Module
{
    private readonly Linear skip;
    private readonly BatchNorm1d skip_norm;
    private readonly Linear coarse;
    private readonly BatchNorm1d coarse_norm;

    /// <param name="inputs">Channels of the coarse scale.</param>
    /// <param name="outputs">Channels of the finer scale.</param>
    public TransitionUp(int inputs, int outputs)
        : base(nameof(TransitionUp))
    {
        register_module(nameof(skip), skip = nn.Linear(outputs, outputs));
        register_module(nameof(skip_norm), skip_norm = nn.BatchNorm1d(outputs));
        register_module(nameof(coarse), coarse = nn.Linear(inputs, outputs));
        register_module(nameof(coarse_norm), coarse_norm = nn.BatchNorm1d(outputs));
    }

    /// <param name="features">N x O of the finer scale's encoder.</param>
    /// <param name="coarser">M x C of the coarser scale's decoder.</param>
    /// <param name="interpolation">The finer points' sources in the coarser scale, with weights.</param>
    /// <returns>N x O.</returns>
    public Tensor call(Tensor features, Tensor coarser, NeighbourTensors interpolation)
    {
        var sources = coarse_norm.call(coarse.OverRows(coarser)).relu();
        var weighted = sources.index_select(0, interpolation.Indices) * interpolation.Weights!; // 3N x O
        var interpolated = weighted.view(interpolation.Rows, interpolation.Size, weighted.shape[1]).sum(1);
        return skip_norm.call(skip.OverRows(features)).relu() + interpolated;
    }
}
