namespace Bitcurve.Models.Architecture;

/// <summary>
/// A piece of a network as data: what it computes and what its parts are called, without weights and without a tensor library. Shapes,
/// modules and exported graphs are all made from this one description (<see cref="PlacedBlock"/>).
/// </summary>
public abstract record Block
{
    /// <summary>A convolution with the same extent, stride and padding on two axes.</summary>
    public static Convolution Conv2d(int outputs, int kernel, int stride = 1, int padding = 0, int groups = 1, bool hasBias = false) =>
        new(outputs, [kernel, kernel], [stride, stride], [padding, padding], groups, hasBias);

    /// <summary>A convolution with the same extent, stride and padding on three axes.</summary>
    public static Convolution Conv3d(int outputs, int kernel, int stride = 1, int padding = 0, int groups = 1, bool hasBias = false) =>
        new(outputs, [kernel, kernel, kernel], [stride, stride, stride], [padding, padding, padding], groups, hasBias);

    /// <summary>The parts one after the other.</summary>
    public static Sequence Chain(params IReadOnlyList<Block> parts) => new(parts);

    /// <summary>Gives what is inside the name that its tensors have in state dictionaries.</summary>
    public Named As(string name) => new(name, this);
}

/// <summary>A part with its own name in the paths of tensors, e.g. <c>layer1</c>.</summary>
public sealed record Named(string Name, Block Body) : Block;

/// <summary>A group of layers that compression may treat alike, e.g. all that work at one resolution. Has no effect on names.</summary>
public sealed record Stage(Block Body) : Block;

/// <summary>Parts one after the other.</summary>
public sealed record Sequence(IReadOnlyList<Block> Parts) : Block;

/// <summary>Body(x) + shortcut(x); without a shortcut, + x (He et al. 2016).</summary>
/// <param name="Body">What is learned beside the identity.</param>
/// <param name="Shortcut">In place of the identity where shapes differ.</param>
/// <param name="ShortcutSharesBits">Whether the shortcut's convolutions take the bits of the body's first one (thesis 3.3.1).</param>
public sealed record Residual(Block Body, Block? Shortcut = null, bool ShortcutSharesBits = false) : Block;

/// <summary>The branches' outputs side by side along the channels.</summary>
public sealed record Concatenation(IReadOnlyList<Block> Branches) : Block;

/// <summary>
/// A convolution over two or three axes; its layer can be quantised and its kernels replaced by series.
/// </summary>
/// <param name="Outputs">O.</param>
/// <param name="Kernel">Extents of the kernel, one per axis.</param>
/// <param name="Stride">One per axis.</param>
/// <param name="Padding">Zeros on both sides, one per axis.</param>
/// <param name="Groups">Groups of input channels that do not mix; as many as channels: depthwise.</param>
/// <param name="HasBias">Whether each output has a bias.</param>
public sealed record Convolution(
    int Outputs, IReadOnlyList<int> Kernel, IReadOnlyList<int> Stride, IReadOnlyList<int> Padding, int Groups = 1, bool HasBias = false) : Block
{
    private const int SmallestExtent = 3;

    /// <summary>
    /// Whether a series with fewer harmonics than kernel positions can stand for the kernels (thesis ch. 4): along some axis they have at least
    /// three positions and overlap, so that they sample something smooth (patch embeddings do not).
    /// </summary>
    public bool IsCompressible => CanBeSeries(Kernel, Stride);

    /// <summary>As <see cref="IsCompressible"/>, of a kernel by its extents and strides.</summary>
    public static bool CanBeSeries(IReadOnlyList<int> kernel, IReadOnlyList<int> stride) =>
        kernel.Zip(stride).Any(axis => axis.First >= SmallestExtent && axis.First > axis.Second);
}

/// <summary>
/// A transposed convolution over two or three axes: each input position adds its kernel, scaled, to the output (Zeiler et al. 2010). It is not
/// quantised: the thesis quantises convolutions only, and the seeds' counts of convolutional parameters leave it out (seed 000, table 4).
/// </summary>
/// <param name="Outputs">O.</param>
/// <param name="Kernel">Extents of the kernel, one per axis.</param>
/// <param name="Stride">Output positions between the kernels of neighbouring inputs, one per axis.</param>
/// <param name="Padding">Positions cut off on both sides, one per axis.</param>
/// <param name="HasBias">Whether each output has a bias.</param>
public sealed record TransposedConvolution(
    int Outputs, IReadOnlyList<int> Kernel, IReadOnlyList<int> Stride, IReadOnlyList<int> Padding, bool HasBias = false) : Block;

/// <summary>Normalises each channel by batch statistics (training) or running ones (evaluation).</summary>
public sealed record BatchNorm(double Epsilon = 1e-5, double Momentum = 0.1) : Block;

/// <summary>Normalises the channels at each position (Ba et al. 2016; ConvNeXt).</summary>
public sealed record LayerNorm(double Epsilon) : Block;

/// <summary>A learned factor per channel, tensor <c>layer_scale</c> of C x 1 x 1 (Touvron et al. 2021).</summary>
public sealed record LayerScale(double Initial) : Block;

/// <summary>y = x W^T + b on a flat input; its layer can have a bit-width of its own in size calculations.</summary>
public sealed record FullyConnected(int Outputs, bool HasBias = true) : Block;

/// <summary>max(x, 0).</summary>
public sealed record Relu : Block;

/// <summary>x where positive, else Slope x (Maas et al. 2013).</summary>
public sealed record LeakyRelu(double Slope) : Block;

/// <summary>x Phi(x), Phi the normal distribution function (exact, not the tanh approximation).</summary>
public sealed record Gelu : Block;

/// <summary>The largest value in each window; positions beyond the edge do not count.</summary>
public sealed record MaxPool(int Kernel, int Stride, int Padding = 0) : Block;

/// <summary>In training zeroes each element with this probability and scales the others up (Srivastava et al. 2014); else the identity.</summary>
public sealed record Dropout(double Probability) : Block;

/// <summary>C x positions as one vector, the last axis innermost.</summary>
public sealed record Flatten : Block;

/// <summary>The same elements in the same order under other extents, e.g. a vector as C x 1 x 1 x 1.</summary>
/// <param name="Shape">Extents without the batch.</param>
public sealed record Reshape(IReadOnlyList<int> Shape) : Block;

/// <summary>The identity; what passes is one of the network's features, which decoders read (NDF's scales).</summary>
public sealed record FeatureTap : Block;

/// <summary>Mean over all positions: C x positions becomes C.</summary>
public sealed record GlobalAverage : Block;

/// <summary>Identity path of option A (He et al. 2016, section 3.3): subsample, then zero channels, split evenly; no parameters.</summary>
public sealed record PadShortcut(int Outputs, int Stride) : Block;

/// <summary>In training leaves out each image's branch with this probability and scales the others up (Huang et al. 2016); else the identity.</summary>
public sealed record StochasticDepth(double Probability) : Block;
