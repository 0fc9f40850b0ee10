using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Volumes;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.Volumes;

/// <summary>Turns samples of bytes into network input: B x C x positions, normalised, channels innermost in memory.</summary>
internal sealed class ByteBatches
{
    private readonly Device device;
    private readonly float[] scale;
    private readonly float[] offset;

    /// <param name="normalization">From bytes to network input.</param>
    /// <param name="device">Where the batches are made: samples reach it as bytes.</param>
    internal ByteBatches(Normalization normalization, Device device)
    {
        this.device = device;
        scale = [.. normalization.StandardDeviation.Select(s => (float)(1 / (255 * s)))];
        offset = [.. normalization.Mean.Zip(normalization.StandardDeviation, (m, s) => (float)(-m / s))];
    }

    /// <summary>Bytes as they are: 0 and 1 of voxels.</summary>
    /// <param name="channels">C.</param>
    internal static Normalization Unchanged(int channels) =>
        new([.. Enumerable.Repeat(0.0, channels)], [.. Enumerable.Repeat(1.0 / 255, channels)]);

    /// <summary>The samples of one batch, each moved as its entry of <paramref name="moves"/> says. The caller disposes it.</summary>
    /// <param name="samples">Of C x D x H x W bytes where they are moved; else of any number of axes.</param>
    /// <param name="indices">B numbers of samples.</param>
    /// <param name="moves">B moves; null to leave all as they are.</param>
    /// <param name="plane">The axes that the moves concern.</param>
    internal Tensor Input(ByteSamples samples, IReadOnlyList<int> indices, IReadOnlyList<VolumeMove>? moves = null, (int First, int Second) plane = default)
    {
        using var scope = NewDisposeScope();
        var channels = samples.Shape[0];
        long[] positions = [.. samples.Shape.Skip(1).Select(extent => (long)extent)];

        // An unmoved sample of fewer axes is a volume of one slice.
        int[] volume = samples.Shape.Count == 4 ? [.. samples.Shape] : [channels, 1, 1, samples.SampleBytes / channels];
        var bytes = empty([indices.Count, .. positions, channels], ScalarType.Byte);
        var target = bytes.bytes;
        for (var b = 0; b < indices.Count; b++)
        {
            (moves?[b] ?? default).Apply(samples[indices[b]], volume, plane, target.Slice(b * samples.SampleBytes, samples.SampleBytes));
        }

        var values = bytes.to(device).to_type(ScalarType.Float32);
        values = channels == 1
            ? values.mul_(scale[0]).add_(offset[0])
            : values.mul_(tensor(scale, device: device)).add_(tensor(offset, device: device));
        return values.permute([0, positions.Length + 1, .. Enumerable.Range(1, positions.Length)]).MoveToOuterDisposeScope(); // B x C x positions
    }
}
