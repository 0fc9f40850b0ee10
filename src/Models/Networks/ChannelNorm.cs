using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks;

/// <summary>Layer norm over the channels at each position, of N x C or N x C x positions (ConvNeXt's LayerNorm2d).</summary>
internal sealed class ChannelNorm : nn.Module<Tensor, Tensor>
{
    private readonly double epsilon;
    private readonly Parameter weight;
    private readonly Parameter bias;

    internal ChannelNorm(int channels, double epsilon)
        : base(nameof(ChannelNorm))
    {
        this.epsilon = epsilon;
        using var scope = NewDisposeScope();
        register_parameter("weight", weight = new Parameter(ones([channels])));
        register_parameter("bias", bias = new Parameter(zeros([channels])));
        weight.DetachFromDisposeScope();
        bias.DetachFromDisposeScope();
    }

    public override Tensor forward(Tensor input)
    {
        // With the channels innermost in memory these are views, and the norm runs over contiguous values.
        var axes = Enumerable.Range(1, (int)input.ndim - 1).Select(axis => (long)axis).ToArray();
        var last = input.permute([0, .. axes.Skip(1), 1]);
        var normalised = nn.functional.layer_norm(last, [weight.shape[0]], weight, bias, epsilon);
        return normalised.permute([0, input.ndim - 1, .. axes.SkipLast(1)]);
    }
}
