using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Occupancy;

/// <summary>x + W1 r(n1(W0 r(n0(x)) + b0)) + b1 per query point, n the conditional batch norms. W1 and b1 start at zero, so that it starts as x.</summary>
internal sealed class ConditionalResidual : nn.Module
{
    private readonly ConditionalBatchNorm firstNorm;
    private readonly ConditionalBatchNorm secondNorm;
    private readonly Linear first;
    private readonly Linear second;

    internal ConditionalResidual(int encodingWidth, int width)
        : base(nameof(ConditionalResidual))
    {
        register_module("firstNorm", firstNorm = new ConditionalBatchNorm(encodingWidth, width));
        register_module("first", first = nn.Linear(width, width));
        register_module("secondNorm", secondNorm = new ConditionalBatchNorm(encodingWidth, width));
        register_module("second", second = nn.Linear(width, width));
        ZeroStart.Of(second);
    }

    /// <param name="points">N x T x width.</param>
    /// <param name="encoding">N x c.</param>
    internal Tensor Call(Tensor points, Tensor encoding)
    {
        var hidden = first.call(firstNorm.Call(points, encoding).relu());
        return points + second.call(secondNorm.Call(hidden, encoding).relu());
    }
}
