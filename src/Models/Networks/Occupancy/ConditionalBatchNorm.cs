using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Occupancy;

/// <summary>
/// Batch norm over all query points of a batch, then gamma(c) x + beta(c) with both linear in the shape's encoding (de Vries et al. 2017).
/// Starts at gamma = 1, beta = 0.
/// </summary>
internal sealed class ConditionalBatchNorm : nn.Module
{
    private readonly Linear gamma;
    private readonly Linear beta;
    private readonly BatchNorm1d norm;

    internal ConditionalBatchNorm(int encodingWidth, int width)
        : base(nameof(ConditionalBatchNorm))
    {
        register_module("gamma", gamma = nn.Linear(encodingWidth, width));
        register_module("beta", beta = nn.Linear(encodingWidth, width));
        register_module("norm", norm = nn.BatchNorm1d(width, affine: false));
        ZeroStart.To(gamma, bias: 1);
        ZeroStart.To(beta, bias: 0);
    }

    /// <param name="points">N x T x width.</param>
    /// <param name="encoding">N x c.</param>
    internal Tensor Call(Tensor points, Tensor encoding)
    {
        var shape = points.shape;
        var normalised = norm.call(points.reshape(-1, shape[2])).view(shape);
        return (normalised * gamma.call(encoding).unsqueeze(1)) + beta.call(encoding).unsqueeze(1);
    }
}
