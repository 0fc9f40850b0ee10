using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Points;

/// <summary>Attention between two linear layers, with a residual connection (Zhao et al. 2021, Fig. 4a).</summary>
public sealed class PointTransformerBlock : nn.Module
{
    private readonly Linear first;
    private readonly BatchNorm1d first_norm;
    private readonly VectorAttention attention;
    private readonly BatchNorm1d attention_norm;
    private readonly Linear last;
    private readonly BatchNorm1d last_norm;

    /// <param name="width">Channels in and out.</param>
    /// <param name="sharedChannels">Channels with one attention weight.</param>
    public PointTransformerBlock(int width, int sharedChannels)
        : base(nameof(PointTransformerBlock))
    {
        register_module(nameof(first), first = nn.Linear(width, width, hasBias: false));
        register_module(nameof(first_norm), first_norm = nn.BatchNorm1d(width));
        register_module(nameof(attention), attention = new VectorAttention(width, sharedChannels));
        register_module(nameof(attention_norm), attention_norm = nn.BatchNorm1d(width));
        register_module(nameof(last), last = nn.Linear(width, width, hasBias: false));
        register_module(nameof(last_norm), last_norm = nn.BatchNorm1d(width));
    }

    /// <summary>N x C to N x C.</summary>
    public Tensor call(Tensor features, NeighbourTensors neighbours)
    {
        var inner = first_norm.call(first.OverRows(features)).relu();
        var attended = attention_norm.call(attention.call(inner, neighbours)).relu();
        return (last_norm.call(last.OverRows(attended)) + features).relu();
    }
}
