using static TorchSharp.torch;

namespace Bitcurve.Models.Quantization;

/// <summary>
/// Block floating point for activations (thesis ch. 3; networks.md): the channels of a block at one sample and position share the exponent
/// E = floor(log2 max |x|); each value is rounded to a multiple of 2^(E - m + 1), m magnitude bits and a sign.
/// </summary>
public static class BlockFloatingPoint
{
    // 2^-100: an all-zero block needs some finite step, whose reciprocal is finite too; activations this small are zero anyway.
    private const double SmallestStep = 7.888609052210118e-31;

    /// <summary>Rounds x to block floating point; the gradient passes unchanged (straight-through estimator).</summary>
    /// <param name="x">N x C x positions, single precision; channels innermost in memory is fastest.</param>
    /// <param name="bits">Magnitude bits m, 1..8.</param>
    /// <param name="blockSize">Channels per block; the last block may be shorter.</param>
    /// <returns>Same shape: clamp(round(x / s), -(2^m - 1), 2^m - 1) s with s = 2^(E - m + 1).</returns>
    /// <exception cref="ArgumentOutOfRangeException">Bits outside 1..8.</exception>
    public static Tensor Quantize(Tensor x, int bits, int blockSize = 32)
    {
        BitRange.Check(bits);
        using var scope = NewDisposeScope();
        var shape = x.shape;
        var last = x.permute([0, .. Enumerable.Range(2, shape.Length - 2), 1]); // N x positions x C
        var blocks = Blocked(last, blockSize); // ... x G x B
        var (step, reciprocal) = Steps(blocks, bits);
        var limit = (1 << bits) - 1;

        // A copy's gradient is the identity: the copy is the straight-through node, and the rounding edits its memory, in place because
        // four passes over memory that exists cost less than one that allocates.
        var rounded = blocks.clone();
        using (no_grad())
        {
            rounded.detach().mul_(reciprocal).round_().clamp_(-limit, limit).mul_(step);
        }

        var channels = rounded.flatten(-2).narrow(-1, 0, shape[1]);
        return channels.permute([0, shape.Length - 1, .. Enumerable.Range(1, shape.Length - 2)]).MoveToOuterDisposeScope();
    }

    // Per block s = 2^(E - m + 1) and 1 / s, both exact powers of two.
    private static (Tensor Step, Tensor Reciprocal) Steps(Tensor blocks, int bits)
    {
        using var recording = no_grad();
        var magnitude = blocks.detach().abs().amax([-1], keepdim: true);

        // frexp: magnitude = mantissa 2^(E+1) with mantissa in [0.5, 1), exactly, where log2 would round.
        var (mantissa, _) = magnitude.frexp();
        var power = magnitude / mantissa.masked_fill_(mantissa.eq(0), 1.0); // 2^(E+1), or 0 for an all-zero block
        var step = (power * Math.ScaleB(1, -bits)).clamp_(min: SmallestStep);
        return (step, step.reciprocal());
    }

    private static Tensor Blocked(Tensor last, int blockSize)
    {
        var channels = last.shape[^1];
        var block = Math.Min(blockSize, channels);
        var missing = (block - (channels % block)) % block;
        if (missing > 0)
        {
            last = nn.functional.pad(last, [0, missing]);
        }

        return last.reshape([.. last.shape[..^1], -1, block]);
    }
}
