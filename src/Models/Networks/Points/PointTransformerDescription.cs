namespace Bitcurve.Models.Networks.Points;

/// <summary>What a <see cref="PointTransformer"/> is made of.</summary>
public sealed record PointTransformerDescription
{
    /// <summary>Channels per point that go in.</summary>
    public required int Inputs { get; init; }

    /// <summary>Channels per point that come out.</summary>
    public required int Outputs { get; init; }

    /// <summary>Channels at each scale, finest first; multiples of <see cref="SharedChannels"/>.</summary>
    public required IReadOnlyList<int> Widths { get; init; }

    /// <summary>Attention blocks after the transition to each scale in the encoder; the decoder has one per scale.</summary>
    public required IReadOnlyList<int> Blocks { get; init; }

    /// <summary>Channels that share one attention weight.</summary>
    public int SharedChannels { get; init; } = 8;

    public PointSampling Sampling { get; init; } = PointSampling.Published;

    /// <summary>
    /// The network of Zhao et al. 2021 for S3DIS, 7,767,729 parameters: position and colour in, 13 classes out. Its 2, 3, 4, 6, 3 blocks per
    /// scale count the transition as the first.
    /// </summary>
    public static PointTransformerDescription Published { get; } = new()
    {
        Inputs = 6,
        Outputs = 13,
        Widths = [32, 64, 128, 256, 512],
        Blocks = [1, 2, 3, 5, 2],
    };

    /// <summary>The contextualising module (thesis 6.3.2): 379,384 parameters for 32 channels in and 4 out.</summary>
    public static PointTransformerDescription Context(int inputs = 32, int outputs = 4) => new()
    {
        Inputs = inputs,
        Outputs = outputs,
        Widths = [32, 32, 64, 64, 128],
        Blocks = [1, 1, 1, 1, 1],
    };

    /// <summary>Trained numbers, counted without building the network.</summary>
    public long ParameterCount
    {
        get
        {
            var encoder = Widths.Select((width, scale) => TransitionDown(scale, width) + (Blocks[scale] * Block(width))).Sum();
            var decoder = Widths.Select((width, scale) => TransitionUp(scale, width) + Block(width)).Sum();
            return encoder + decoder + Linear(Widths[0], Widths[0]) + Norm(Widths[0]) + Linear(Widths[0], Outputs);
        }
    }

    /// <exception cref="ArgumentException">The lists differ in length, or an entry is out of range.</exception>
    internal void Check()
    {
        Sampling.Check();
        if (Inputs < 1 || Outputs < 1 || Widths.Count != Blocks.Count || Widths.Count != Sampling.Strides.Count || Blocks.Any(count => count < 0))
        {
            throw new ArgumentException(
                $"point transformer: expected channels in and out and as many widths as block counts and strides, actual {Inputs}, {Outputs}, {Widths.Count}, {Blocks.Count} and {Sampling.Strides.Count}");
        }

        if (SharedChannels < 1 || Widths.Any(width => width < 1 || width % SharedChannels != 0))
        {
            throw new ArgumentException($"point transformer: expected widths that are multiples of {SharedChannels}, actual {string.Join(", ", Widths)}");
        }
    }

    // Below the finest scale the neighbours' offsets go in, too.
    private long TransitionDown(int scale, int width) => Weights(scale == 0 ? Inputs : Widths[scale - 1] + 3, width) + Norm(width);

    private long TransitionUp(int scale, int width) => scale == Widths.Count - 1
        ? Linear(2 * width, width) + Norm(width) + Linear(width, width)
        : Linear(width, width) + Norm(width) + Linear(Widths[scale + 1], width) + Norm(width);

    private long Block(int width) => (2 * Weights(width, width)) + (3 * Norm(width)) + Attention(width);

    private long Attention(int width)
    {
        var shared = width / SharedChannels;
        return (3 * Linear(width, width)) + Linear(3, 3) + Norm(3) + Linear(3, width)
            + Norm(width) + Linear(width, shared) + Norm(shared) + Linear(shared, shared);
    }

    private static long Linear(long inputs, long outputs) => Weights(inputs, outputs) + outputs;

    private static long Weights(long inputs, long outputs) => inputs * outputs;

    private static long Norm(long channels) => 2 * channels;
}
