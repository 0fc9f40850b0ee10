using static TorchSharp.torch;

namespace Bitcurve.Models.Quantization;

/// <summary>
/// DSConv weight quantiser (thesis ch. 3, section 3.2): blocks of consecutive input channels at one output channel and kernel position
/// become b-bit integers q and one 16-bit multiplier xi per block.
/// </summary>
public static class DsConv
{
    /// <summary>The values that the quantised layer computes with, xi q.</summary>
    /// <param name="weight">O x C x kernel extents, single precision, any memory layout.</param>
    /// <param name="bits">1..8; 1 bit means the integers {-1, 0}.</param>
    /// <param name="options">Block size and rounding.</param>
    /// <returns>Same shape as <paramref name="weight"/>; laid out with the channels innermost in memory. Carries no gradient.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Bits outside 1..8.</exception>
    public static Tensor Quantize(Tensor weight, int bits, QuantizerOptions options)
    {
        BitRange.Check(bits);
        if (!WeightBlocks.CanTake(weight))
        {
            return DsConvTensors.Quantize(weight, bits, options);
        }

        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var last = ChannelsLast(weight);
        var values = empty(last.shape);
        new WeightBlocks(bits, options).Quantize(last, values);
        return values.permute([0, weight.ndim - 1, .. Enumerable.Range(1, (int)weight.ndim - 2)]).MoveToOuterDisposeScope();
    }

    /// <summary>The quantised representation itself.</summary>
    /// <returns>
    /// Integers in [-2^(b-1), 2^(b-1)-1] as single precision, R x G x B, and multipliers rounded to 16-bit floats, R x G x 1, where R = O times the kernel positions
    /// (output channel outermost), G = ceil(C / block size) and B = min(block size, C). Channels beyond C are zero.
    /// </returns>
    public static (Tensor Integers, Tensor Multipliers) Encode(Tensor weight, int bits, QuantizerOptions options)
    {
        BitRange.Check(bits);
        if (!WeightBlocks.CanTake(weight))
        {
            return DsConvTensors.Encode(weight, bits, options);
        }

        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var last = ChannelsLast(weight);
        var channels = last.shape[^1];
        var block = Math.Min(options.BlockSize, channels);
        var (rows, groups) = (last.numel() / channels, (channels + block - 1) / block);
        var integers = zeros([rows, groups, block]);
        var multipliers = empty([rows, groups, 1]);
        new WeightBlocks(bits, options).Encode(last, integers, multipliers);
        return (integers.MoveToOuterDisposeScope(), multipliers.MoveToOuterDisposeScope());
    }

    // O x C x kernel -> O x kernel x C, a view when the channels are innermost in memory already.
    private static Tensor ChannelsLast(Tensor weight) =>
        weight.detach().permute([0, .. Enumerable.Range(2, (int)weight.ndim - 2), 1]).contiguous();
}
