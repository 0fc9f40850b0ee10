using System.Reflection;
using Bitcurve.Models.Architecture;
using Bitcurve.Models.Networks;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Networks;

public class QuantizableConvolutionTests
{
    [Fact]
    public void Parameters_OfTheLayer_LieInFieldsOfTheirRegisteredNames()
    {
        // TorchSharp moves a module to a device by new parameters, which it writes to the fields of these names.
        using var layer = new QuantizableConvolution(Block.Conv2d(3, kernel: 1, hasBias: true), inputsPerGroup: 2);

        Assert.Equal(["weight", "bias"], layer.named_parameters().Select(p => p.name));
        Assert.All(layer.named_parameters(), p =>
            Assert.Same(p.parameter, typeof(QuantizableConvolution).GetField(p.name, BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(layer)));
    }

    [Theory]
    [InlineData(new[] { 3, 3, 3 }, new[] { 1, 1, 1 }, new[] { 1, 1, 1 }, false)]
    [InlineData(new[] { 5, 3, 3 }, new[] { 1, 1, 1 }, new[] { 2, 1, 1 }, true)]
    [InlineData(new[] { 3, 3, 3 }, new[] { 1, 2, 2 }, new[] { 1, 1, 0 }, true)]
    [InlineData(new[] { 1, 3, 3 }, new[] { 1, 1, 1 }, new[] { 0, 1, 1 }, true)]
    [InlineData(new[] { 3, 3, 3 }, new[] { 2, 2, 2 }, new[] { 1, 1, 1 }, true)]
    [InlineData(new[] { 3, 3, 3 }, new[] { 1, 1, 1 }, new[] { 0, 0, 0 }, true)]
    public void Forward_EachChannelByItself_IsLibtorchsConvolutionWithItsGradients(int[] kernel, int[] stride, int[] padding, bool hasBias)
    {
        const int channels = 6;
        using var scope = NewDisposeScope();
        manual_seed(4);
        using var layer = new QuantizableConvolution(new Convolution(channels, kernel, stride, padding, channels, hasBias), inputsPerGroup: 1);
        var (own, other) = (randn([2, channels, 5, 6, 7]), zeros([2, channels, 5, 6, 7]));
        other.copy_(own);
        var weight = layer.Weight.detach().clone();
        var bias = layer.Bias?.detach().clone();
        Array.ForEach((Tensor?[])[own, other, weight, bias], tensor => tensor?.with_requires_grad());

        var actual = layer.call(own);
        var expected = nn.functional.conv3d(other, weight, bias, Longs(stride), Longs(padding), groups: channels);
        var direction = randn(expected.shape);
        (actual * direction).sum().backward();
        (expected * direction).sum().backward();

        Near(expected, actual);
        Near(other.grad!, own.grad!);
        Near(weight.grad!, layer.Weight.grad!);
        if (hasBias)
        {
            Near(bias!.grad!, layer.Bias!.grad!);
        }
    }

    private static long[] Longs(int[] values) => [.. values.Select(value => (long)value)];

    private static void Near(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, 1e-4f);
    }
}
