using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Weights;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Networks;

public class StateDictLoaderTests
{
    [Fact]
    public void Load_CifarRepositoryNames_ReachTheSameTensors()
    {
        using var source = NetworkCatalogue.Create("resnet18-cifar", 10);
        using var target = NetworkCatalogue.Create("resnet18-cifar", 10);
        using var file = Written(source, name => "module." + name.Replace(".downsample.", ".shortcut.").Replace("fc.", "linear."));

        StateDictLoader.Load(file, "net.safetensors", target);

        Assert.All(source.state_dict(), e => Assert.Equal(Values(e.Value), Values(target.state_dict()[e.Key])));
    }

    [Fact]
    public void Load_TorchvisionsFullyConnectedLayersOverChannels_BecomePointwiseConvolutions()
    {
        using var source = NetworkCatalogue.Create("convnext-t", 10);
        using var target = NetworkCatalogue.Create("convnext-t", 10);
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, source.state_dict().Select(e =>
            SafetensorsEntry.FromFloat32(e.Key, [.. e.Value.shape.Take(e.Value.shape is [_, _, 1, 1] ? 2 : 4)], e.Value.data<float>().ToArray())));
        stream.Position = 0;
        using var file = SafetensorsFile.Open(stream);

        StateDictLoader.Load(file, "convnext_tiny.safetensors", target);

        Assert.Equal(Values(source.state_dict()["features.1.0.block.3.weight"]), Values(target.state_dict()["features.1.0.block.3.weight"]));
    }

    [Fact]
    public void Load_WithoutBatchCounters_IsAccepted()
    {
        using var network = NetworkCatalogue.Create("resnet8", 10);
        using var file = Written(network, name => name, keep: name => !name.EndsWith("num_batches_tracked"));

        StateDictLoader.Load(file, "net.safetensors", network);
    }

    [Fact]
    public void Load_AnotherNetworksWeights_NamesFileTensorExpectedAndActual()
    {
        using var vgg = NetworkCatalogue.Create("vgg11", 10);
        using var target = NetworkCatalogue.Create("vgg8", 10);
        using var file = Written(vgg, name => name);

        var error = Assert.Throws<DataFormatException>(() => StateDictLoader.Load(file, "net.safetensors", target));

        Assert.Contains("net.safetensors", error.Message);
        Assert.Contains("weights for vgg8", error.Message);
        Assert.Contains("features.0.weight of shape [16, 3, 3, 3]", error.Message);
        Assert.Contains("[64, 3, 3, 3]", error.Message);
    }

    [Fact]
    public void Load_OfAnotherArchitecture_SaysWhatIsMissing()
    {
        using var vgg = NetworkCatalogue.Create("vgg8", 10);
        using var target = NetworkCatalogue.Create("resnet8", 10);
        var before = Values(target.state_dict()["fc.weight"]);
        using var file = Written(vgg, name => name);

        var error = Assert.Throws<DataFormatException>(() => StateDictLoader.Load(file, "net.safetensors", target));

        Assert.Contains("a tensor conv1.weight", error.Message);
        Assert.Equal(before, Values(target.state_dict()["fc.weight"]));
    }

    private static SafetensorsFile Written(BlueprintNetwork network, Func<string, string> rename, Func<string, bool>? keep = null)
    {
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, network.state_dict().Where(e => keep?.Invoke(e.Key) ?? true).Select(e => e.Value.dtype == ScalarType.Int64
            ? SafetensorsEntry.FromInt64(rename(e.Key), e.Value.shape, e.Value.data<long>().ToArray())
            : SafetensorsEntry.FromFloat32(rename(e.Key), e.Value.shape, e.Value.data<float>().ToArray())));
        stream.Position = 0;
        return SafetensorsFile.Open(stream);
    }

    private static float[] Values(Tensor tensor) => tensor.to_type(ScalarType.Float32).data<float>().ToArray();
}
