using static TorchSharp.torch;

namespace Bitcurve.Models.Quantization;

/// <summary>
/// <see cref="DsConv"/> as tensor operations, for any device and precision. On the CPU each of them passes over memory once, which is why <see cref="DsConv"/>
/// has <see cref="WeightBlocks"/> there.
/// </summary>
public static class DsConvTensors
{
    /// <summary>As <see cref="DsConv.Quantize"/>.</summary>
    public static Tensor Quantize(Tensor weight, int bits, QuantizerOptions options)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var (integers, multipliers) = Encode(weight, bits, options);
        return Unblocked(integers.mul_(multipliers), weight.shape).MoveToOuterDisposeScope();
    }

    /// <summary>As <see cref="DsConv.Encode"/>.</summary>
    public static (Tensor Integers, Tensor Multipliers) Encode(Tensor weight, int bits, QuantizerOptions options)
    {
        BitRange.Check(bits);
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var blocks = Blocked(weight.detach(), options.BlockSize);
        var integers = Integers(blocks, bits, options.Rounding);
        var multipliers = KernelDistributionShift(blocks, integers, options.Multipliers);
        return (integers.MoveToOuterDisposeScope(), multipliers.MoveToOuterDisposeScope());
    }

    // The element of largest magnitude, with its sign, maps to -2^(b-1): the one integer that two's complement has more on the negative side.
    private static Tensor Integers(Tensor blocks, int bits, WeightRounding rounding)
    {
        var largest = blocks.amax([2], keepdim: true);
        var smallest = blocks.amin([2], keepdim: true);
        var extremum = where(largest.ge(-smallest), largest, smallest);

        // An all-zero block has no scale; any finite one gives q = 0, and its multiplier is set to 0 below.
        var step = extremum * (-1.0 / (1 << (bits - 1)));
        step.masked_fill_(step.eq(0), 1.0);
        var scaled = blocks / step;
        var integers = rounding == WeightRounding.Floor ? scaled.floor_() : scaled.round_();
        return integers.clamp_(-(1 << (bits - 1)), (1 << (bits - 1)) - 1);
    }

    // xi = sum(w q) / sum(q^2) minimises |w - xi q| (thesis ch. 3); rounded here to what it is stored as.
    private static Tensor KernelDistributionShift(Tensor blocks, Tensor integers, MultiplierPrecision precision)
    {
        var energy = (integers * integers).sum(2, keepdim: true);
        var correlation = (blocks * integers).sum(2, keepdim: true);

        // All integers zero (a zero block; with floor or 1 bit also others): correlation is 0, so 0 / 1 = 0, never NaN.
        energy.masked_fill_(energy.eq(0), 1.0);
        var multiplier = correlation / energy;
        return precision == MultiplierPrecision.Fp16 ? multiplier.to_type(ScalarType.Float16).to_type(ScalarType.Float32) : multiplier;
    }

    private static Tensor Blocked(Tensor weight, int blockSize)
    {
        var channels = weight.shape[1];
        var rows = ChannelsLast(weight).reshape(-1, channels); // (O x kernel) x C
        var block = Math.Min(blockSize, channels);
        var missing = (block - (channels % block)) % block;
        if (missing > 0)
        {
            rows = nn.functional.pad(rows, [0, missing]);
        }

        return rows.view(rows.shape[0], -1, block); // R x G x B
    }

    private static Tensor Unblocked(Tensor blocks, long[] shape)
    {
        var rows = blocks.view(blocks.shape[0], -1).narrow(1, 0, shape[1]);
        var last = rows.reshape([shape[0], .. shape[2..], shape[1]]).contiguous(); // O x kernel x C
        return last.permute([0, shape.Length - 1, .. Enumerable.Range(1, shape.Length - 2)]);
    }

    // O x C x kernel -> O x kernel x C, a view when the channels are innermost in memory already.
    private static Tensor ChannelsLast(Tensor weight) =>
        weight.permute([0, .. Enumerable.Range(2, (int)weight.ndim - 2), 1]);
}
