using Bitcurve.Models.Architecture;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Series;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks;

/// <summary>
/// A convolution over two or three axes that can compute with quantised values: the FP32 <see cref="Weight"/> stays the trained parameter, and
/// while <see cref="QuantizedWeight"/> is set the layer uses that instead.
/// </summary>
public sealed class QuantizableConvolution : nn.Module<Tensor, Tensor>
{
    private readonly long[] stride;
    private readonly long[] padding;
    private readonly int groups;

    // Named as registered: TorchSharp replaces a moved module's parameters, and finds the field to update by that name.
    private readonly Parameter weight;
    private readonly Parameter? bias;

    /// <summary>PyTorch's default initialisation from the global generator: U(-1/sqrt(fan-in), 1/sqrt(fan-in)).</summary>
    /// <param name="convolution">Outputs, kernel, stride, padding, groups.</param>
    /// <param name="inputsPerGroup">C, channels that each output sees.</param>
    /// <param name="series">What the kernels are sums of; null for kernels as they are. Becomes this layer's.</param>
    public QuantizableConvolution(Convolution convolution, int inputsPerGroup, SeriesExpansion? series = null)
        : base(nameof(QuantizableConvolution))
    {
        stride = [.. convolution.Stride.Select(extent => (long)extent)];
        padding = [.. convolution.Padding.Select(extent => (long)extent)];
        groups = convolution.Groups;
        Extent = convolution.Kernel[^1];
        Series = series;
        var stored = series?.Harmonics ?? convolution.Kernel;
        var bound = 1 / Math.Sqrt(convolution.Kernel.Aggregate((double)inputsPerGroup, (product, extent) => product * extent));

        // Drawn in the logical order O x C x kernel, then laid out with the channels innermost: a block of 32 is a view.
        using var scope = NewDisposeScope();
        var axes = Enumerable.Range(2, convolution.Kernel.Count).Select(axis => (long)axis).ToArray();
        var drawn = empty([convolution.Outputs, inputsPerGroup, .. stored.Select(extent => (long)extent)]).uniform_(-bound, bound);
        weight = new Parameter(drawn.permute([0, .. axes, 1]).contiguous().permute([0, axes.Length + 1, .. axes.Select(axis => axis - 1)]));
        register_parameter("weight", weight);
        weight.DetachFromDisposeScope();
        if (convolution.HasBias)
        {
            bias = new Parameter(empty([convolution.Outputs]).uniform_(-bound, bound));
            register_parameter("bias", bias);
            bias.DetachFromDisposeScope();
        }
    }

    /// <summary>O x C x kernel, or O x C x harmonics of a series; FP32: what the optimiser updates.</summary>
    public Parameter Weight => weight;

    public Parameter? Bias => bias;

    /// <summary>Turns <see cref="Weight"/> into kernels; null where it holds the kernels themselves (thesis ch. 4).</summary>
    public SeriesExpansion? Series { get; }

    /// <summary>xi q, same shape as <see cref="Weight"/>, or null to compute in FP32. Owned by whoever set it.</summary>
    public Tensor? QuantizedWeight { get; set; }

    /// <summary>Magnitude bits of the input's block floating point, or null to leave the input alone.</summary>
    public int? ActivationBits { get; set; }

    /// <summary>Channels per activation block.</summary>
    public int ActivationBlockSize { get; set; } = 32;

    /// <summary>What this layer multiplies in.</summary>
    public ComputePrecision Precision { get; set; }

    /// <summary>Extent of the kernel along its last axis.</summary>
    internal int Extent { get; }

    public override Tensor forward(Tensor input)
    {
        var x = QuantizedInput(input);
        var kernels = Kernels();
        return Precision == ComputePrecision.Bf16
            ? Convolve(x.to_type(ScalarType.BFloat16), kernels.to_type(ScalarType.BFloat16), bias?.to_type(ScalarType.BFloat16)).to_type(ScalarType.Float32)
            : Convolve(x, kernels, bias);
    }

    /// <summary>What the kernels see of an input of N x C or N x C x positions: block floating point, or the input itself.</summary>
    internal Tensor QuantizedInput(Tensor input) => ActivationBits is { } bits ? BlockFloatingPoint.Quantize(input, bits, ActivationBlockSize) : input;

    /// <summary>O x C x kernel: what the layer computes with, quantised and summed up from its series as is set.</summary>
    internal Tensor Kernels()
    {
        var stored = QuantizedWeight ?? weight;
        return Series is null ? stored : Series.Expand(stored);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Series?.Dispose();
        }

        base.Dispose(disposing);
    }

    private Tensor Convolve(Tensor x, Tensor kernels, Tensor? offset)
    {
        if (stride.Length == 2)
        {
            return nn.functional.conv2d(x, kernels, offset, stride, padding, groups: groups);
        }

        return DepthwisePlanes.Fit(x, kernels, stride, padding, groups)
            ? DepthwisePlanes.Convolve(x, kernels, offset, stride, padding)
            : nn.functional.conv3d(x, kernels, offset, stride, padding, groups: groups);
    }
}
