using static TorchSharp.torch;

namespace Bitcurve.Torch.Tests.StandIn;

public class DeviceTests
{
    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:x")]
    [InlineData("cuda:0:1")]
    public void Device_Unknown_SaysWhatIsExpected(string text)
    {
        var error = Assert.Throws<ArgumentException>(() => device(text));

        Assert.Contains($"expected cpu, cuda or cuda:N, got '{text}'", error.Message);
    }
}
