using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Networks;

/// <summary>How a residual block's identity path follows a change of width (He et al. 2016, section 3.3).</summary>
internal enum Shortcut
{
    /// <summary>Option A: subsample and pad with zero channels, split evenly; no parameters.</summary>
    Padding,

    /// <summary>Option B: 1x1 convolution and batch norm.</summary>
    Projection,
}

/// <summary>The first convolution of a residual network and what follows it.</summary>
internal enum Stem
{
    /// <summary>3x3 without stride: images of 32x32.</summary>
    Small,

    /// <summary>3x3, then 2x2 max-pooling: affordable on a CPU (resnet8).</summary>
    SmallPooled,

    /// <summary>7x7 with stride 2, then 3x3 max-pooling with stride 2: images of 224x224.</summary>
    Large,
}

/// <summary>
/// Residual networks (He et al. 2016). Names are torchvision's: <c>conv1</c>, <c>bn1</c>, <c>layerS.B.conv1</c>, <c>layerS.B.downsample.0</c>, <c>fc</c>.
/// </summary>
internal static class ResNet
{
    /// <param name="widths">Channels of each stage (inner ones of bottlenecks); the stem has the first stage's.</param>
    /// <param name="blocks">Blocks in each stage.</param>
    /// <param name="classes">K.</param>
    /// <param name="stem">First layer.</param>
    /// <param name="shortcut">Identity path where the width changes.</param>
    /// <param name="hasBottlenecks">Blocks of 1x1, 3x3, 1x1 to four times the width instead of two 3x3.</param>
    internal static Block Of(
        IReadOnlyList<int> widths, IReadOnlyList<int> blocks, int classes, Stem stem, Shortcut shortcut, bool hasBottlenecks = false) =>
        Block.Chain(Features(widths, blocks, stem, shortcut, hasBottlenecks), new GlobalAverage(), new FullyConnected(classes).As("fc"));

    /// <summary>Everything but the average and the last layer.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    internal static Sequence Features(IReadOnlyList<int> widths, IReadOnlyList<int> blocks, Stem stem, Shortcut shortcut, bool hasBottlenecks = false)
    {
        List<Block> parts = [new Stage(StemOf(stem, widths[0]))];
        var channels = widths[0];
        for (var stage = 0; stage < widths.Count; stage++)
        {
            var outputs = hasBottlenecks ? 4 * widths[stage] : widths[stage];
            var layer = new List<Block>();
            for (var b = 0; b < blocks[stage]; b++)
            {
                var stride = stage > 0 && b == 0 ? 2 : 1;
                var body = hasBottlenecks ? Bottleneck(widths[stage], outputs, stride) : Basic(outputs, stride);
                layer.Add(Block.Chain(new Residual(body, Identity(channels, outputs, stride, shortcut)), new Relu()).As($"{b}"));
                channels = outputs;
            }

            parts.Add(new Stage(Block.Chain([.. layer]).As($"layer{stage + 1}")));
        }

        return Block.Chain([.. parts]);
    }

    private static Sequence StemOf(Stem stem, int width)
    {
        var convolution = stem == Stem.Large ? Block.Conv2d(width, kernel: 7, stride: 2, padding: 3) : Block.Conv2d(width, kernel: 3, padding: 1);
        List<Block> parts = [convolution.As("conv1"), new BatchNorm().As("bn1"), new Relu()];
        switch (stem)
        {
            case Stem.SmallPooled:
                parts.Add(new MaxPool(2, 2));
                break;
            case Stem.Large:
                parts.Add(new MaxPool(3, 2, Padding: 1));
                break;
        }

        return Block.Chain([.. parts]);
    }

    private static Sequence Basic(int outputs, int stride) => Block.Chain(
        Block.Conv2d(outputs, kernel: 3, stride, padding: 1).As("conv1"),
        new BatchNorm().As("bn1"),
        new Relu(),
        Block.Conv2d(outputs, kernel: 3, padding: 1).As("conv2"),
        new BatchNorm().As("bn2"));

    // The stride is in the 3x3 convolution, as in torchvision ("v1.5"), not in the first 1x1 of the paper.
    private static Sequence Bottleneck(int width, int outputs, int stride) => Block.Chain(
        Block.Conv2d(width, kernel: 1).As("conv1"),
        new BatchNorm().As("bn1"),
        new Relu(),
        Block.Conv2d(width, kernel: 3, stride, padding: 1).As("conv2"),
        new BatchNorm().As("bn2"),
        new Relu(),
        Block.Conv2d(outputs, kernel: 1).As("conv3"),
        new BatchNorm().As("bn3"));

    private static Block? Identity(int inputs, int outputs, int stride, Shortcut shortcut) => (stride == 1 && inputs == outputs, shortcut) switch
    {
        (true, _) => null,
        (_, Shortcut.Padding) => new PadShortcut(outputs, stride),
        _ => Block.Chain(Block.Conv2d(outputs, kernel: 1, stride).As("0"), new BatchNorm().As("1")).As("downsample"),
    };
}
