using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Dynamic;

/// <summary>How a dynamic block is evaluated once it is trained; both give the same result up to rounding.</summary>
public enum DynamicInference
{
    /// <summary>Only where the mask is active, on gathered positions.</summary>
    Sparse,

    /// <summary>Everywhere, then multiplied by the mask: what training does.</summary>
    MaskedDense,
}

/// <summary>
/// X' = r(f(X) G(M(X)) + X), r the ReLU: a residual block whose body f is added only where its own mask unit M says so (seed 001, section 2.2).
/// f is convolutions, each with batch norm, and ReLU between them.
/// </summary>
public sealed class DynamicResidualBlock : nn.Module<Tensor, Tensor>
{
    private readonly MaskUnit? mask;
    private readonly IReadOnlyList<(QuantizableConvolution Convolution, BatchNorm2d Norm)> body;

    /// <summary>Draws the weights from the global generator.</summary>
    /// <param name="channels">C of input and output.</param>
    /// <param name="layers">Of f; the last one has C outputs.</param>
    /// <param name="hasMask">Whether the block decides where to add f; else it is the dense residual block, active everywhere.</param>
    /// <exception cref="ArgumentException">The layers do not make such a block.</exception>
    public DynamicResidualBlock(int channels, IReadOnlyList<DynamicLayer> layers, bool hasMask = true)
        : base(nameof(DynamicResidualBlock))
    {
        DynamicLayer.Check(channels, layers);
        if (hasMask)
        {
            mask = new MaskUnit(channels);
            register_module("mask", mask);
        }

        var made = new List<(QuantizableConvolution, BatchNorm2d)>();
        var inputs = channels;
        foreach (var layer in layers)
        {
            var (convolution, norm) = (new QuantizableConvolution(layer.Convolution, inputs), nn.BatchNorm2d(layer.Outputs, SparseEvaluation.NormEpsilon));
            made.Add((convolution, norm));
            register_module($"conv{made.Count}", convolution);
            register_module($"bn{made.Count}", norm);
            inputs = layer.Outputs;
        }

        body = made;
    }

    /// <summary>f's convolutions, as <c>conv1</c>, <c>conv2</c> ...</summary>
    public IReadOnlyList<(string Name, QuantizableConvolution Layer)> Convolutions => [.. body.Select((layer, k) => ($"conv{k + 1}", layer.Convolution))];

    /// <summary>What evaluation mode does; training is always dense.</summary>
    public DynamicInference Inference { get; set; }

    /// <summary>
    /// Whether decisions in training are noisy. Noise explores; without it, training sees the very decisions of evaluation, which else may differ:
    /// a logit below zero everywhere is sometimes active with noise and never without (Verelst and Tuytelaars train their last fifth without).
    /// </summary>
    public bool HasNoise { get; set; } = true;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Evaluate(input).Output.MoveToOuterDisposeScope();
    }

    /// <summary>The block's output, N x C x H x W, and its decisions, N x 1 x H x W of zeros and ones; noisy in training, where gradients pass them.</summary>
    public (Tensor Output, Tensor Mask) Evaluate(Tensor input)
    {
        using var scope = NewDisposeScope();
        if (mask is null)
        {
            var everywhere = ones([input.shape[0], 1, input.shape[2], input.shape[3]], device: input.device);
            return (Dense(input).add(input).relu().MoveToOuterDisposeScope(), everywhere.MoveToOuterDisposeScope());
        }

        var logits = mask.call(input);
        var decisions = training ? GumbelGate.Sample(logits, HasNoise ? GumbelGate.Noise(logits) : zeros(logits.shape, device: logits.device)) : GumbelGate.Decide(logits);
        var output = training || Inference == DynamicInference.MaskedDense ? MaskedDense(input, decisions) : Sparse(input, decisions);
        return (output.MoveToOuterDisposeScope(), decisions.MoveToOuterDisposeScope());
    }

    /// <summary>r(f(X) G + X) with f computed everywhere.</summary>
    /// <param name="input">X, N x C x H x W.</param>
    /// <param name="decisions">G, N x 1 x H x W.</param>
    public Tensor MaskedDense(Tensor input, Tensor decisions)
    {
        using var scope = NewDisposeScope();
        return ((Dense(input) * decisions) + input).relu().MoveToOuterDisposeScope();
    }

    /// <summary>As <see cref="MaskedDense"/>, in evaluation mode, with f computed only where it is needed.</summary>
    /// <inheritdoc cref="MaskedDense" path="/param"/>
    /// <exception cref="InvalidOperationException">The block is in training mode, whose batch statistics need every position.</exception>
    public Tensor Sparse(Tensor input, Tensor decisions) => training
        ? throw new InvalidOperationException("sparse inference: expected a block in evaluation mode, actual: in training mode")
        : SparseEvaluation.Run(input, decisions, body);

    // f everywhere.
    private Tensor Dense(Tensor x)
    {
        for (var k = 0; k < body.Count; k++)
        {
            x = body[k].Norm.call(body[k].Convolution.call(k == 0 ? x : x.relu()));
        }

        return x;
    }
}
