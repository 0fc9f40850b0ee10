using Bitcurve.Models.Architecture;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Dynamic;

/// <summary>
/// Decides where a residual block is worth evaluating (seed 001, section 2.2; Verelst and Tuytelaars 2020, section 3.1): a 3x3 convolution to one
/// channel plus what a linear layer makes of the average over all positions. Stays in FP32.
/// </summary>
public sealed class MaskUnit : nn.Module<Tensor, Tensor>
{
    private readonly QuantizableConvolution local;
    private readonly Linear context;

    /// <param name="channels">C of the block's input.</param>
    public MaskUnit(int channels)
        : base(nameof(MaskUnit))
    {
        local = new QuantizableConvolution(Block.Conv2d(1, kernel: 3, padding: 1, hasBias: true), channels);
        context = nn.Linear(channels, 1);
        register_module("local", local);
        register_module("context", context);
    }

    /// <summary>N x C x H x W to logits N x 1 x H x W.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var whole = context.call(input.mean([2, 3])).view(-1, 1, 1, 1);
        return (local.call(input) + whole).MoveToOuterDisposeScope();
    }
}
