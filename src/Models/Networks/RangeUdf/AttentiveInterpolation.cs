using Bitcurve.Models.Networks.Points;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.RangeUdf;

/// <summary>
/// The encodings around a query as one, weighted channel by channel by learned attention (RangeUDF, Wang et al. 2022, 3.3). For distances the
/// query's place goes in, by 10 numbers per neighbour: distance, offset, both positions; for semantics only where the neighbours are, since a
/// query has the label of the surface next to it.
/// </summary>
public sealed class AttentiveInterpolation : nn.Module
{
    // Keeps the gradient of the distance finite at an input point.
    private const double Smallest = 1e-12;

    private readonly Linear? place;
    private readonly BatchNorm1d? place_norm;
    private readonly Linear attention;
    private readonly Linear output;
    private readonly BatchNorm1d output_norm;

    /// <param name="width">Channels of encodings and result.</param>
    /// <param name="seesQuery">Whether the query's place goes in.</param>
    public AttentiveInterpolation(int width, bool seesQuery)
        : base(nameof(AttentiveInterpolation))
    {
        if (seesQuery)
        {
            register_module(nameof(place), place = nn.Linear(10, width, hasBias: false));
            register_module(nameof(place_norm), place_norm = nn.BatchNorm1d(width));
        }

        var joint = width + (seesQuery ? width : 3);
        register_module(nameof(attention), attention = nn.Linear(joint, joint, hasBias: false));
        register_module(nameof(output), output = nn.Linear(joint, width, hasBias: false));
        register_module(nameof(output_norm), output_norm = nn.BatchNorm1d(width));
    }

    /// <summary>N x C encodings to R x C at the queries.</summary>
    public Tensor call(Tensor features, PointQueries queries)
    {
        var joint = cat([queries.Gather(features), place is null ? queries.Sources : Place(queries)], 2); // R x K x J
        var (rows, size, width) = (joint.shape[0], joint.shape[1], joint.shape[2]);
        var weights = attention.OverRows(joint.view(rows * size, width)).view(rows, size, width).softmax(1);
        var pooled = (joint * weights).sum(1);
        return nn.functional.leaky_relu(output_norm.call(output.OverRows(pooled)), 0.2);
    }

    private Tensor Place(PointQueries queries)
    {
        var (rows, size) = (queries.Positions.shape[0], queries.Size);
        var here = queries.Positions.unsqueeze(1).expand(rows, size, 3);
        var offset = here - queries.Sources;
        var distance = (offset * offset).sum(2, keepdim: true).add(Smallest).sqrt();
        var described = cat([distance, offset, here, queries.Sources], 2).view(rows * size, 10);
        return nn.functional.leaky_relu(place_norm!.call(place!.OverRows(described)), 0.2).view(rows, size, place!.weight.shape[0]);
    }
}
