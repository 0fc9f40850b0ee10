using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks;

/// <summary>
/// VGG for small images (Simonyan and Zisserman 2015, with batch norm): 3x3 convolutions, max-pooling between stages, one linear layer.
/// Parameter names are those of torchvision's <c>vgg*_bn</c> features: <c>features.N</c>, and <c>classifier</c>.
/// </summary>
public sealed class Vgg : ImageClassifier
{
    private readonly List<nn.Module<Tensor, Tensor>?> steps = [];
    private readonly Linear classifier;

    /// <param name="name">Catalogue name.</param>
    /// <param name="widths">Output channels of each convolution; 0 is a 2x2 max-pooling.</param>
    /// <param name="classes">K.</param>
    /// <param name="bias">Whether convolutions have a bias (the published VGG has, vgg8 has not).</param>
    public Vgg(string name, IReadOnlyList<int> widths, int classes, bool bias)
        : base(name)
    {
        var features = new Features();
        var (channels, index) = (3, 0);
        foreach (var width in widths)
        {
            if (width == 0)
            {
                steps.Add(null);
                index++;
                continue;
            }

            var convolution = new QuantizableConv2d(channels, width, kernel: 3, padding: 1, hasBias: bias);
            var norm = nn.BatchNorm2d(width);
            features.register_module($"{index}", convolution);
            features.register_module($"{index + 1}", norm);
            steps.AddRange([convolution, norm]);
            (channels, index) = (width, index + 3); // the ReLU takes the third number
        }

        register_module("features", features);
        register_module("classifier", classifier = nn.Linear(channels, classes));
    }

    public override Tensor forward(Tensor input)
    {
        var x = input;
        foreach (var step in steps)
        {
            x = step switch
            {
                null => nn.functional.max_pool2d(x, [2, 2]),
                BatchNorm2d norm => norm.call(x).relu(),
                _ => step.call(x),
            };
        }

        return classifier.call(x.mean([2, 3])); // N x C x h x w -> N x C
    }

    private sealed class Features() : nn.Module(nameof(Features));
}
