using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks;

/// <summary>How a residual block's identity path follows a change of width (He et al. 2016, section 3.3).</summary>
public enum Shortcut
{
    /// <summary>Option A: subsample and pad with zero channels, split evenly; no parameters.</summary>
    Padding,

    /// <summary>Option B: 1x1 convolution and batch norm.</summary>
    Projection,
}

/// <summary>
/// Residual network of basic blocks for small images (He et al. 2016): 3x3 stem without stride, stages that double the width and halve the size.
/// Parameter names are torchvision's: <c>conv1</c>, <c>bn1</c>, <c>layerS.B.conv1</c>, <c>layerS.B.downsample.0</c>, <c>fc</c>.
/// </summary>
public sealed class ResNet : ImageClassifier
{
    private readonly QuantizableConv2d stem;
    private readonly BatchNorm2d stemNorm;
    private readonly List<BasicBlock> blocks = [];
    private readonly Linear classifier;
    private readonly bool poolAfterStem;

    /// <param name="name">Catalogue name.</param>
    /// <param name="widths">Channels of each stage; the stem has the first stage's.</param>
    /// <param name="blocksPerStage">Basic blocks in each stage, one entry per stage.</param>
    /// <param name="classes">K.</param>
    /// <param name="shortcut">Identity path where the width changes.</param>
    /// <param name="poolAfterStem">2x2 max-pooling after the stem (resnet8: affordable on a CPU).</param>
    public ResNet(string name, IReadOnlyList<int> widths, IReadOnlyList<int> blocksPerStage, int classes, Shortcut shortcut, bool poolAfterStem = false)
        : base(name)
    {
        this.poolAfterStem = poolAfterStem;
        register_module("conv1", stem = new QuantizableConv2d(3, widths[0], kernel: 3, padding: 1));
        register_module("bn1", stemNorm = nn.BatchNorm2d(widths[0]));
        var channels = widths[0];
        for (var stage = 0; stage < widths.Count; stage++)
        {
            var layer = new Stage();
            for (var b = 0; b < blocksPerStage[stage]; b++)
            {
                var block = new BasicBlock(channels, widths[stage], stride: stage > 0 && b == 0 ? 2 : 1, shortcut);
                layer.register_module($"{b}", block);
                blocks.Add(block);
                channels = widths[stage];
            }

            register_module($"layer{stage + 1}", layer);
        }

        register_module("fc", classifier = nn.Linear(channels, classes));
    }

    public override Tensor forward(Tensor input)
    {
        var x = stemNorm.call(stem.call(input)).relu();
        if (poolAfterStem)
        {
            x = nn.functional.max_pool2d(x, [2, 2]);
        }

        foreach (var block in blocks)
        {
            x = block.call(x);
        }

        return classifier.call(x.mean([2, 3])); // N x C x h x w -> N x C
    }

    private sealed class Stage() : nn.Module(nameof(Stage));
}
