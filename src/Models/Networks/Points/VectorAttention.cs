using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Points;

/// <summary>
/// Self-attention of a point to its neighbours with one weight per group of channels (Zhao et al. 2021, eq. 3):
/// y_i = sum_j softmax_j(relation(k_j - q_i + p_ij)) (v_j + p_ij), where p_ij encodes the offset of neighbour j. Positions enter by offsets
/// alone: a moved cloud gives the same result.
/// </summary>
public sealed class VectorAttention : nn.Module
{
    private readonly Linear queries;
    private readonly Linear keys;
    private readonly Linear values;
    private readonly Linear offset_first;
    private readonly BatchNorm1d offset_norm;
    private readonly Linear offset_second;
    private readonly BatchNorm1d relation_norm;
    private readonly Linear relation_first;
    private readonly BatchNorm1d shared_norm;
    private readonly Linear relation_second;
    private readonly int sharedChannels;

    /// <param name="width">C, channels in and out.</param>
    /// <param name="sharedChannels">S, channels with one weight; divides C.</param>
    public VectorAttention(int width, int sharedChannels)
        : base(nameof(VectorAttention))
    {
        this.sharedChannels = sharedChannels;
        register_module(nameof(queries), queries = nn.Linear(width, width));
        register_module(nameof(keys), keys = nn.Linear(width, width));
        register_module(nameof(values), values = nn.Linear(width, width));
        register_module(nameof(offset_first), offset_first = nn.Linear(3, 3));
        register_module(nameof(offset_norm), offset_norm = nn.BatchNorm1d(3));
        register_module(nameof(offset_second), offset_second = nn.Linear(3, width));
        register_module(nameof(relation_norm), relation_norm = nn.BatchNorm1d(width));
        register_module(nameof(relation_first), relation_first = nn.Linear(width, width / sharedChannels));
        register_module(nameof(shared_norm), shared_norm = nn.BatchNorm1d(width / sharedChannels));
        register_module(nameof(relation_second), relation_second = nn.Linear(width / sharedChannels, width / sharedChannels));
    }

    /// <summary>N x C to N x C.</summary>
    public Tensor call(Tensor features, NeighbourTensors neighbours)
    {
        var (rows, size, width) = (neighbours.Rows, neighbours.Size, features.shape[1]);
        var offsets = offset_second.OverRows(offset_norm.call(offset_first.OverRows(neighbours.Offsets)).relu()).view(rows, size, width);
        var relation = neighbours.Gather(keys.OverRows(features)) - queries.OverRows(features).unsqueeze(1) + offsets; // N x K x C
        var shared = relation_first.OverRows(relation_norm.call(relation.view(rows * size, width)).relu()); // NK x C/S
        var weights = relation_second.OverRows(shared_norm.call(shared).relu()).view(rows, size, 1, width / sharedChannels).softmax(1);

        // As in the published code channel c takes weight c mod C/S.
        var carried = (neighbours.Gather(values.OverRows(features)) + offsets).view(rows, size, sharedChannels, width / sharedChannels);
        return (carried * weights).sum(1).view(rows, width);
    }
}
