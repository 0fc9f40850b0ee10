using System.Reflection;
using Bitcurve.Models.Networks;

namespace Bitcurve.Models.Tests.Networks;

public class QuantizableConv2dTests
{
    [Fact]
    public void Parameters_OfTheLayer_LieInFieldsOfTheirRegisteredNames()
    {
        // TorchSharp moves a module to a device by new parameters, which it writes to the fields of these names.
        using var layer = new QuantizableConv2d(2, 3, kernel: 1, hasBias: true);

        Assert.Equal(["weight", "bias"], layer.named_parameters().Select(p => p.name));
        Assert.All(layer.named_parameters(), p =>
            Assert.Same(p.parameter, typeof(QuantizableConv2d).GetField(p.name, BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(layer)));
    }
}
