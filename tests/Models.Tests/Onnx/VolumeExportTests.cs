using Bitcurve.Models.Networks;
using Bitcurve.Models.Packed;
using Bitcurve.Models.Quantization;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Onnx;

/// <summary>3D networks as ONNX and packed files.</summary>
[Collection(nameof(GlobalGenerator))]
public class VolumeExportTests
{
    // Between them: leaky ReLU, dropout, pooling, flattening, norms after linear layers, reshaping, transposed and split convolutions, outputs with positions.
    [Theory]
    [InlineData("voxnet@small")]
    [InlineData("shapenets3d@small")]
    [InlineData("3dmv@small")]
    [InlineData("r3d-18@small")]
    [InlineData("ndf-encoder@small")]
    [InlineData("vgg13-3d-pseudo3d@small")]
    [InlineData("vgg13-3d-depthwise@small")]
    [InlineData("resrec6@small")]
    [InlineData("rec6-depthwise@small")]
    public void Onnx_WithCompressedWeights_GivesTheSameOutputs(string name)
    {
        OnnxCase.RequireRuntime();
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = Network(name);
        var bits = Mixed(network);
        var options = new QuantizerOptions(QuantizeActivations: false);
        var samples = Samples(network);

        var expected = OnnxCase.Compute(network, bits, samples, options);
        var actual = OnnxCase.Run(OnnxCase.Export(network, bits, options: options), samples);

        Assert.Equal(expected.Length, actual.Length);
        Assert.True(expected.Max(Math.Abs) > 1e-3, "the outputs are too small to compare");

        // Only the order of sums differs.
        Assert.InRange(OnnxCase.LargestDifference(expected, actual) / expected.Max(Math.Abs), 0, 5e-5);
    }

    // Where a sum lies between two steps of an activation, another order of adding rounds it to the other one: a few outputs differ by a little.
    [Theory]
    [InlineData("voxnet@small")]
    [InlineData("r3d-18@small")]
    public void Onnx_WithRoundedActivations_GivesNearlyTheSameOutputs(string name)
    {
        OnnxCase.RequireRuntime();
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = Network(name);
        int[] bits = [.. Enumerable.Repeat(8, network.Convolutions.Count)];
        var samples = Samples(network);

        var expected = OnnxCase.Compute(network, bits, samples);
        var actual = OnnxCase.Run(OnnxCase.Export(network, bits), samples);

        Assert.InRange(OnnxCase.LargestDifference(expected, actual) / expected.Max(Math.Abs), 0, 0.02);
    }

    [Theory]
    [InlineData("voxnet@small")]
    [InlineData("3dmv@small")]
    [InlineData("resrec6-pseudo3d@small")]
    public void Packed_MixedBits_GivesTheFineTunedNetworksOutputsBitForBit(string name)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = Network(name);
        var (bits, samples) = (Mixed(network), Samples(network));
        var expected = OnnxCase.Compute(network, bits, samples);
        using var file = new MemoryStream();
        PackedModel.Write(file, network, bits, QuantizerOptions.Default, OnnxCase.Info(network));

        var model = PackedModel.Open(file, "file");
        using var loaded = model.CreateNetwork(CPU);

        Assert.Equal(network.Blueprint.Input, model.Info.InputShape);
        Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), loaded.call(samples).data<float>().ToArray().Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void Packed_LinearLayersOfAnotherGrid_AreRefusedWhenWritten()
    {
        using var network = NetworkCatalogue.Create("voxnet@small", 5);
        var info = OnnxCase.Info(network, 1, 40, 32, 32);

        var error = Assert.Throws<ArgumentException>(() => PackedModel.Write(Stream.Null, network, [4, 4], QuantizerOptions.Default, info));

        // 40 positions become 18, 16, 8: 8 x 8 x 6 x 6 of 8 channels.
        Assert.StartsWith("tensor 'mlp.fc1.weight': expected [32, 2304] for voxnet@small with 5 class names, got [32, 1728]", error.Message);
    }

    private static BlueprintNetwork Network(string name)
    {
        manual_seed(12);
        var network = NetworkCatalogue.Create(name, 5);

        // Statistics of a new network are 0 and 1, which would hide which is which.
        foreach (var (key, value) in network.state_dict())
        {
            if (key.EndsWith("running_mean", StringComparison.Ordinal))
            {
                value.uniform_(-0.1, 0.1);
            }
            else if (key.EndsWith("running_var", StringComparison.Ordinal))
            {
                value.uniform_(0.1, 0.5);
            }
        }

        return network;
    }

    private static int[] Mixed(BlueprintNetwork network) => [.. Enumerable.Range(0, network.Convolutions.Count).Select(k => 2 + (5 * k % 7))];

    private static Tensor Samples(BlueprintNetwork network) => randn([2, .. network.Blueprint.Input.Select(extent => (long)extent)]);
}
