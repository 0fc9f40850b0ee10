using Bitcurve.Models.Architecture;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks;

/// <summary>A transposed convolution over two or three axes: N x C x positions in, N x O x positions out.</summary>
internal sealed class TransposedLayer : nn.Module<Tensor, Tensor>
{
    private readonly long[] stride;
    private readonly long[] padding;

    // Named as registered: TorchSharp replaces a moved module's parameters, and finds the field to update by that name.
    private readonly Parameter weight;
    private readonly Parameter? bias;

    /// <summary>PyTorch's default initialisation from the global generator: U(-1/sqrt(n), 1/sqrt(n)), n = O x kernel positions.</summary>
    /// <param name="transposed">Outputs, kernel, stride, padding.</param>
    /// <param name="inputs">C.</param>
    internal TransposedLayer(TransposedConvolution transposed, int inputs)
        : base(nameof(TransposedLayer))
    {
        stride = [.. transposed.Stride.Select(extent => (long)extent)];
        padding = [.. transposed.Padding.Select(extent => (long)extent)];
        var bound = 1 / Math.Sqrt(transposed.Kernel.Aggregate((double)transposed.Outputs, (product, extent) => product * extent));
        using var scope = NewDisposeScope();
        weight = new Parameter(empty([inputs, transposed.Outputs, .. transposed.Kernel.Select(extent => (long)extent)]).uniform_(-bound, bound));
        register_parameter("weight", weight);
        weight.DetachFromDisposeScope();
        if (transposed.HasBias)
        {
            bias = new Parameter(empty([transposed.Outputs]).uniform_(-bound, bound));
            register_parameter("bias", bias);
            bias.DetachFromDisposeScope();
        }
    }

    public override Tensor forward(Tensor input) => stride.Length == 3
        ? nn.functional.conv_transpose3d(input, weight, bias, stride, padding)
        : nn.functional.conv_transpose2d(input, weight, bias, stride, padding);
}
