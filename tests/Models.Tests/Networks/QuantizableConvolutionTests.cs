using System.Reflection;
using Bitcurve.Models.Architecture;
using Bitcurve.Models.Networks;

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
}
