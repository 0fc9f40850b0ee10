using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Dynamic;

/// <summary>
/// Yes-or-no decisions from logits that gradients can pass (Jang et al. 2016, the binary case; Verelst and Tuytelaars 2020, section 3.2).
/// </summary>
public static class GumbelGate
{
    /// <summary>From here on a soft decision is a yes.</summary>
    public const double Threshold = 0.5;

    // Keeps the logarithms of a uniform number finite; far below the spacing of single precision near 1/2.
    private const double SmallestUniform = 1e-7;

    /// <summary>The difference of two Gumbel variables, log u - log(1 - u), for every logit; from the global generator.</summary>
    public static Tensor Noise(Tensor logits)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var uniform = empty(logits.shape, device: logits.device).uniform_(SmallestUniform, 1 - SmallestUniform);
        return (uniform.log() - ((uniform * -1) + 1).log()).MoveToOuterDisposeScope();
    }

    /// <summary>Decisions for training: 1 where sigmoid((logit + noise) / tau) reaches 1/2, else 0, with the sigmoid's gradient.</summary>
    /// <param name="logits">Any shape.</param>
    /// <param name="noise">Same shape, of <see cref="Noise"/>.</param>
    /// <param name="temperature">tau, above 0.</param>
    public static Tensor Sample(Tensor logits, Tensor noise, double temperature = 1)
    {
        using var scope = NewDisposeScope();
        var soft = ((logits + noise) / temperature).sigmoid();
        var hard = soft.detach().ge(Threshold).to_type(ScalarType.Float32);

        // soft - soft is exactly zero, so that the values are exactly 0 and 1.
        return (soft - soft.detach() + hard).MoveToOuterDisposeScope();
    }

    /// <summary>Decisions for evaluation: 1 where the logit is not negative, else 0; no noise, no gradient.</summary>
    public static Tensor Decide(Tensor logits)
    {
        using var scope = NewDisposeScope();
        return logits.detach().ge(0).to_type(ScalarType.Float32).MoveToOuterDisposeScope();
    }
}
