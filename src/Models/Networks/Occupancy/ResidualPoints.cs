using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Occupancy;

/// <summary>
/// Residual block on the channels of each point: S x + W1 r(W0 r(x) + b0) + b1, r the ReLU, S a projection to the outputs (the FC
/// blocks of Occupancy Networks, Mescheder et al. 2019, supplementary 1.1). W1 and b1 start at zero.
/// </summary>
/// <remarks>Channels that all points of a shape have in common may come apart: they then pass W0 and S once per shape, not per point.</remarks>
internal sealed class ResidualPoints : nn.Module
{
    private readonly Linear first;
    private readonly Linear second;
    private readonly Linear projection;

    internal ResidualPoints(int inputs, int outputs)
        : base(nameof(ResidualPoints))
    {
        register_module("first", first = nn.Linear(inputs, Math.Min(inputs, outputs)));
        register_module("second", second = nn.Linear(Math.Min(inputs, outputs), outputs));
        register_module("projection", projection = nn.Linear(inputs, outputs, hasBias: false));
        ZeroStart.Of(second);
    }

    /// <param name="own">N x T x C1: the channels that each point has for itself.</param>
    /// <param name="common">N x 1 x C2, channels C1.. of every point; null where C1 are all.</param>
    /// <returns>N x T x outputs.</returns>
    internal Tensor Call(Tensor own, Tensor? common = null)
    {
        var hidden = Applied(first, own.relu(), common?.relu());
        return second.call(hidden.relu()) + Applied(projection, own, common);
    }

    private static Tensor Applied(Linear layer, Tensor own, Tensor? common)
    {
        if (common is null)
        {
            return layer.call(own);
        }

        var split = own.shape[2];
        var ownPart = nn.functional.linear(own, layer.weight.narrow(1, 0, split), layer.bias);
        return ownPart + nn.functional.linear(common, layer.weight.narrow(1, split, common.shape[2]));
    }
}
