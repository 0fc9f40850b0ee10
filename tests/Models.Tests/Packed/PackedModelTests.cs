using Bitcurve.Models.Packed;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Series;
using Bitcurve.Models.Tests.Data;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Packed;

public class PackedModelTests
{
    // vgg8 has layers of 3 and of 48 channels: blocks shorter than 32 at the start and at the end.
    [Theory]
    [InlineData("vgg8", 32, WeightRounding.Nearest, true)]
    [InlineData("vgg8", 32, WeightRounding.Floor, true)]
    [InlineData("vgg8", 16, WeightRounding.Nearest, false)]
    [InlineData("vgg8", 20, WeightRounding.Nearest, true)]
    [InlineData("resnet8", 32, WeightRounding.Nearest, false)]
    [InlineData("resnet8", 16, WeightRounding.Floor, true)]
    [InlineData("resnet20", 32, WeightRounding.Nearest, true)]
    public void CreateNetwork_MixedBits_GivesTheFineTunedNetworksLogitsBitForBit(string name, int blockSize, WeightRounding rounding, bool activations)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = PackedSample.Network(name);
        var bits = PackedSample.MixedBits(network);
        var options = new QuantizerOptions(blockSize, rounding, activations);
        var image = randn([4, 3, 32, 32]);
        using var quantized = new QuantizedNetwork(network, bits, options);
        quantized.Requantize(forTraining: false);
        var expected = network.call(image).data<float>().ToArray();

        var model = PackedSample.Opened(PackedSample.Written(network, bits, options));
        using var loaded = model.CreateNetwork(CPU);

        Assert.Equal(AsBits(expected), AsBits(loaded.call(image).data<float>().ToArray()));
        Assert.Equal(bits, model.Bits);
        Assert.Equal(options, model.Options);
    }

    [Theory]
    [InlineData(SeriesKind.Cosine, "3,2,2x3,2,1,2,2", MultiplierPrecision.Fp16)]
    [InlineData(SeriesKind.Chebyshev, "2,2,2,2,2,2,2", MultiplierPrecision.Fp32)]
    public void CreateNetwork_Series_GivesTheFineTunedNetworksLogitsBitForBit(SeriesKind kind, string harmonics, MultiplierPrecision multipliers)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = PackedSample.Network("resnet8", SeriesScheme.Parse(kind, harmonics));
        var bits = PackedSample.MixedBits(network);
        var options = new QuantizerOptions(Multipliers: multipliers);
        var image = randn([4, 3, 32, 32]);
        using var quantized = new QuantizedNetwork(network, bits, options);
        quantized.Requantize(forTraining: false);
        var expected = network.call(image).data<float>().ToArray();

        var bytes = PackedSample.Written(network, bits, options);
        var model = PackedSample.Opened(bytes);
        using var loaded = model.CreateNetwork(CPU);

        Assert.Equal(AsBits(expected), AsBits(loaded.call(image).data<float>().ToArray()));
        Assert.Equal(harmonics, loaded.Series!.ToString());
        Assert.Equal(options, model.Options);

        // Four coefficients instead of nine weights in nearly all layers: about half the file.
        using var full = PackedSample.Network("resnet8");
        Assert.InRange(bytes.Length, 1, 0.65 * PackedSample.Written(full, bits, options).Length);
    }

    [Fact]
    public void CreateNetwork_LayersInFullPrecision_KeepWeightsAndInputs()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = PackedSample.Network("vgg8");
        int[] bits = [0, 3, 0, 4, 4, 0, 2, 8];
        var image = randn([2, 3, 32, 32]);
        for (var k = 0; k < bits.Length; k++)
        {
            var layer = network.Convolutions[k].Layer;
            layer.QuantizedWeight = bits[k] == 0 ? null : DsConv.Quantize(layer.Weight, bits[k], QuantizerOptions.Default);
            layer.ActivationBits = bits[k] == 0 ? null : bits[k];
        }

        var expected = network.call(image).data<float>().ToArray();
        using var loaded = PackedSample.Opened(PackedSample.Written(network, bits, QuantizerOptions.Default)).CreateNetwork(CPU);

        Assert.Equal(AsBits(expected), AsBits(loaded.call(image).data<float>().ToArray()));
    }

    [Fact]
    public void CreateNetwork_EveryTensor_IsWhatWasWritten()
    {
        using var scope = NewDisposeScope();
        using var network = PackedSample.Network("vgg11");
        int[] bits = [.. Enumerable.Range(1, network.Convolutions.Count)];
        var model = PackedSample.Opened(PackedSample.Written(network, bits, QuantizerOptions.Default));
        using var loaded = model.CreateNetwork(CPU);
        var layers = network.Convolutions.Select((c, k) => ($"{c.Name}.weight", k)).ToDictionary();

        foreach (var (name, tensor) in loaded.state_dict())
        {
            var original = network.state_dict()[name];
            var expected = layers.TryGetValue(name, out var k) ? DsConv.Quantize(original, bits[k], QuantizerOptions.Default) : original;
            if (name.EndsWith("num_batches_tracked", StringComparison.Ordinal))
            {
                Assert.Equal(0, tensor.item<long>());
            }
            else
            {
                // As spans: there are millions of them.
                Assert.True(expected.data<float>().ToArray().AsSpan().SequenceEqual(tensor.data<float>().ToArray()), name);
            }
        }
    }

    [Fact]
    public void CreateNetwork_InACallersScope_LeavesTheNetworkToItsOwner()
    {
        using var network = PackedSample.Network("resnet8");
        var model = PackedSample.Opened(PackedSample.Written(network, PackedSample.MixedBits(network), QuantizerOptions.Default));
        using var scope = NewDisposeScope();
        using var loaded = model.CreateNetwork(CPU);

        Assert.Equal(0, scope.DisposablesCount);
        Assert.False(loaded.training);
    }

    [Fact]
    public void Decode_OneLayer_GivesItsValuesInMemoryOrder()
    {
        using var scope = NewDisposeScope();
        using var network = PackedSample.Network("vgg8");
        var bits = PackedSample.MixedBits(network);
        var model = PackedSample.Opened(PackedSample.Written(network, bits, QuantizerOptions.Default));
        var weight = network.Convolutions[3].Layer.Weight;
        var values = new float[weight.numel()];
        model.Decode(3, values);

        Assert.Equal(DsConv.Quantize(weight, bits[3], QuantizerOptions.Default).permute(0, 2, 3, 1).data<float>().ToArray(), values);
        var error = Assert.Throws<ArgumentException>(() => model.Decode(3, new float[7]));
        Assert.StartsWith($"expected room for the {values.Length} weights of '{network.Convolutions[3].Name}', got 7", error.Message);
    }

    [Fact]
    public void Info_AfterOpening_IsWhatWasWritten()
    {
        using var network = PackedSample.Network("resnet8");
        var bytes = PackedSample.Written(network, PackedSample.MixedBits(network), QuantizerOptions.Default);
        var (expected, model) = (PackedSample.Info("resnet8"), PackedSample.Opened(bytes));

        Assert.Equal(expected.Network, model.Info.Network);
        Assert.Equal(expected.Workload, model.Info.Workload);
        Assert.Equal(expected.InputShape, model.Info.InputShape);
        Assert.Equal(expected.Normalization.Mean, model.Info.Normalization.Mean);
        Assert.Equal(expected.Normalization.StandardDeviation, model.Info.Normalization.StandardDeviation);
        Assert.Equal(expected.ClassNames, model.Info.ClassNames);
        Assert.Equal(bytes.Length, model.FileBytes);
        Assert.Equal(bytes, PackedSample.Written(network, PackedSample.MixedBits(network), QuantizerOptions.Default));
    }

    // resnet56 at one bit has the most names for its weights, which is what the header costs.
    [Theory]
    [InlineData("resnet8")]
    [InlineData("vgg8")]
    [InlineData("resnet56")]
    public void File_AtEveryBitWidth_IsWithinTwoPercentAndFourKilobytesOfTheComputedSize(string name)
    {
        using var network = PackedSample.Network(name);
        var layers = network.Convolutions.Select(c => $"{c.Name}.weight").ToHashSet();
        var others = network.state_dict().Where(e => !layers.Contains(e.Key) && e.Value.dtype == ScalarType.Float32).Sum(e => 4 * e.Value.numel());
        for (var bits = 1; bits <= 8; bits++)
        {
            var computed = others;
            foreach (var (_, layer) in network.Convolutions)
            {
                var (outputs, channels, positions) = (layer.Weight.shape[0], layer.Weight.shape[1], layer.Weight.numel() / layer.Weight.shape[0] / layer.Weight.shape[1]);
                computed += (((layer.Weight.numel() * bits) + 7) / 8) + (2 * outputs * positions * ((channels + 31) / 32));
            }

            var actual = PackedSample.Written(network, [.. Enumerable.Repeat(bits, network.Convolutions.Count)], QuantizerOptions.Default).Length;

            Assert.InRange(actual, computed, (computed * 1.02) + 4096);
        }
    }

    [Fact]
    public void Write_WhatDoesNotFit_SaysSo()
    {
        using var network = PackedSample.Network("vgg8");
        int[] bits = [4, 4, 4, 4, 4, 4, 4, 4];
        string Refusal(IReadOnlyList<int> bits, Func<PackedModelInfo, PackedModelInfo> change) => Assert.ThrowsAny<ArgumentException>(
            () => PackedModel.Write(Stream.Null, network, bits, QuantizerOptions.Default, change(PackedSample.Info("vgg8")))).Message;

        Assert.StartsWith("vgg8 has 8 quantised layers, got 2 bit-widths", Refusal([4, 4], info => info));
        Assert.StartsWith("expected 1 to 8 bits, got 9", Refusal([9, .. bits[1..]], info => info));
        Assert.StartsWith("unknown network 'lenet'", Refusal(bits, info => info with { Network = "lenet" }));
        Assert.StartsWith("expected an input shape [3, H, W] or [3, D, H, W], got [1, 32, 32]", Refusal(bits, info => info with { InputShape = [1, 32, 32] }));
        Assert.StartsWith("tensor 'conv1.weight': expected [16, 3, 3, 3] for resnet8 with 10 class names, got no such tensor", Refusal(bits, info => info with { Network = "resnet8" }));
        Assert.StartsWith("tensor 'classifier.weight': expected [2, 64] for vgg8 with 2 class names, got [10, 64]", Refusal(bits, info => info with { ClassNames = ["a", "b"] }));
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(1e30f, "∞")]
    public void Write_WeightsBeyondSixteenBits_NamesTheLayer(float value, string actual)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = PackedSample.Network("resnet8");
        var weight = network.Convolutions[2].Layer.Weight;
        weight.copy_(full(weight.shape, value));
        var error = Assert.Throws<ArgumentException>(() => PackedSample.Written(network, PackedSample.MixedBits(network), QuantizerOptions.Default));

        Assert.StartsWith($"layer '{network.Convolutions[2].Name}': expected weights whose block multipliers are finite in 16 bits, got", error.Message);
        Assert.Contains(actual == "∞" ? "Infinity" : actual, error.Message);
    }

    [Fact]
    public void WriteFile_WhereWritingFails_KeepsTheOldFileAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        using var network = PackedSample.Network("resnet8");
        var (path, bits) = (folder.File("model" + PackedModel.Extension), PackedSample.MixedBits(network));
        PackedModel.WriteFile(path, network, bits, QuantizerOptions.Default, PackedSample.Info("resnet8"));
        var before = File.ReadAllBytes(path);
        Assert.Throws<ArgumentException>(() => PackedModel.WriteFile(path, network, [1], QuantizerOptions.Default, PackedSample.Info("resnet8")));

        Assert.Equal([path], Directory.GetFiles(folder.Location));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(bits, PackedModel.Open(path).Bits);
    }

    private static int[] AsBits(float[] values) => [.. values.Select(BitConverter.SingleToInt32Bits)];
}
