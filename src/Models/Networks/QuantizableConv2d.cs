using Bitcurve.Models.Quantization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks;

/// <summary>
/// A 2D convolution that can compute with quantised values: the FP32 <see cref="Weight"/> stays the trained parameter, and while
/// <see cref="QuantizedWeight"/> is set the layer uses that instead.
/// </summary>
public sealed class QuantizableConv2d : nn.Module<Tensor, Tensor>
{
    private readonly long[] stride;
    private readonly long[] padding;

    // Named as registered: TorchSharp replaces a moved module's parameters, and finds the field to update by that name.
    private readonly Parameter weight;
    private readonly Parameter? bias;

    /// <summary>PyTorch's default initialisation from the global generator: U(-1/sqrt(fan-in), 1/sqrt(fan-in)).</summary>
    public QuantizableConv2d(int inputs, int outputs, int kernel, int stride = 1, int padding = 0, bool hasBias = false)
        : base(nameof(QuantizableConv2d))
    {
        (this.stride, this.padding) = ([stride, stride], [padding, padding]);
        var bound = 1 / Math.Sqrt(inputs * kernel * kernel);

        // Drawn in the logical order O x C x k x k, then laid out with the channels innermost: a block of 32 is a view.
        using var scope = NewDisposeScope();
        var drawn = empty([outputs, inputs, kernel, kernel]).uniform_(-bound, bound);
        weight = new Parameter(drawn.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2));
        register_parameter("weight", weight);
        weight.DetachFromDisposeScope();
        if (hasBias)
        {
            bias = new Parameter(empty([outputs]).uniform_(-bound, bound));
            register_parameter("bias", bias);
            bias.DetachFromDisposeScope();
        }
    }

    /// <summary>O x C x k x k, FP32: what the optimiser updates.</summary>
    public Parameter Weight => weight;

    public Parameter? Bias => bias;

    /// <summary>xi q, same shape as <see cref="Weight"/>, or null to compute in FP32. Owned by whoever set it.</summary>
    public Tensor? QuantizedWeight { get; set; }

    /// <summary>Magnitude bits of the input's block floating point, or null to leave the input alone.</summary>
    public int? ActivationBits { get; set; }

    /// <summary>Channels per activation block.</summary>
    public int ActivationBlockSize { get; set; } = 32;

    /// <summary>Output height times width of the last forward pass: what the layer's multiply-accumulates scale with.</summary>
    public long OutputPositions { get; private set; }

    public override Tensor forward(Tensor input)
    {
        var x = ActivationBits is { } bits ? BlockFloatingPoint.Quantize(input, bits, ActivationBlockSize) : input;
        var output = nn.functional.conv2d(x, QuantizedWeight ?? weight, bias, stride, padding);
        var shape = output.shape;
        OutputPositions = shape[2] * shape[3];
        return output;
    }
}
