using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks;

/// <summary>Two 3x3 convolutions with batch norm and an identity path (He et al. 2016, figure 2).</summary>
public sealed class BasicBlock : nn.Module<Tensor, Tensor>
{
    private readonly QuantizableConv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly QuantizableConv2d conv2;
    private readonly BatchNorm2d bn2;

    // A pair, because a field that is itself a module would be registered under the field's name too (TorchSharp).
    private readonly (QuantizableConv2d Convolution, BatchNorm2d Norm)? projection;
    private readonly int stride;
    private readonly int addedChannels;

    public BasicBlock(int inputs, int outputs, int stride, Shortcut shortcut)
        : base(nameof(BasicBlock))
    {
        this.stride = stride;
        addedChannels = outputs - inputs;
        register_module("conv1", conv1 = new QuantizableConv2d(inputs, outputs, kernel: 3, stride, padding: 1));
        register_module("bn1", bn1 = nn.BatchNorm2d(outputs));
        register_module("conv2", conv2 = new QuantizableConv2d(outputs, outputs, kernel: 3, padding: 1));
        register_module("bn2", bn2 = nn.BatchNorm2d(outputs));
        if (shortcut == Shortcut.Projection && (stride != 1 || addedChannels != 0))
        {
            var (convolution, norm) = (new QuantizableConv2d(inputs, outputs, kernel: 1, stride), nn.BatchNorm2d(outputs));
            projection = (convolution, norm);
            var downsample = new Downsample();
            downsample.register_module("0", convolution);
            downsample.register_module("1", norm);
            register_module("downsample", downsample);
        }
    }

    public override Tensor forward(Tensor input)
    {
        var x = bn1.call(conv1.call(input)).relu();
        x = bn2.call(conv2.call(x));
        return (x + Identity(input)).relu();
    }

    private Tensor Identity(Tensor input)
    {
        if (projection is { } path)
        {
            return path.Norm.call(path.Convolution.call(input));
        }

        if (stride == 1 && addedChannels == 0)
        {
            return input;
        }

        var shape = input.shape;
        var sampled = input.slice(2, 0, shape[2], stride).slice(3, 0, shape[3], stride);
        var front = addedChannels / 2;
        return nn.functional.pad(sampled, [0, 0, 0, 0, front, addedChannels - front]);
    }

    private sealed class Downsample() : nn.Module(nameof(Downsample));
}
