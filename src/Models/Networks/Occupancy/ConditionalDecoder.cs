using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Occupancy;

/// <summary>
/// What an encoded shape is like at query points (Mescheder et al. 2019, supplementary 1.2): occupancy with one output, parts with one per
/// label, both with the sum of them (thesis 5.4.2).
/// </summary>
internal sealed class ConditionalDecoder : nn.Module
{
    private const int BlockCount = 5;

    private readonly Linear position;
    private readonly List<ConditionalResidual> blocks = [];
    private readonly ConditionalBatchNorm lastNorm;
    private readonly Linear last;

    internal ConditionalDecoder(int encodingWidth, int width, int outputs)
        : base(nameof(ConditionalDecoder))
    {
        register_module("position", position = nn.Linear(3, width));
        for (var k = 0; k < BlockCount; k++)
        {
            blocks.Add(new ConditionalResidual(encodingWidth, width));
            register_module($"block_{k}", blocks[k]);
        }

        register_module("lastNorm", lastNorm = new ConditionalBatchNorm(encodingWidth, width));
        register_module("last", last = nn.Linear(width, outputs));
    }

    /// <param name="queries">N x T x 3.</param>
    /// <param name="encoding">N x c.</param>
    /// <returns>N x T x outputs, logits.</returns>
    internal Tensor Call(Tensor queries, Tensor encoding)
    {
        var points = Features(queries, encoding);
        return last.call(lastNorm.Call(points, encoding).relu());
    }

    /// <summary>N x T x width after the residual blocks.</summary>
    internal Tensor Features(Tensor queries, Tensor encoding) =>
        blocks.Aggregate(position.call(queries), (points, block) => block.Call(points, encoding));
}
