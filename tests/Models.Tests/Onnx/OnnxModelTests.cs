using System.Text;
using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Onnx;
using Bitcurve.Models.Quantization;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Onnx;

[Collection(nameof(GlobalGenerator))]
public sealed class OnnxModelTests
{
    private static readonly int[] Bits = [8, 7, 6, 5, 4, 3, 2, 1];
    private static readonly byte[] Model = Exported();

    [Fact]
    public void Open_WhatWasExported_TellsWhatItIs()
    {
        var model = OnnxModel.Open(Model, "m.onnx");

        Assert.Equal(Bits, model.Bits);
        Assert.Equal("vgg8", model.Info.Network);
        Assert.Equal([3, 32, 32], model.Info.InputShape);
        Assert.Equal([0.5, 0.5, 0.5], model.Info.Normalization.Mean);
        Assert.Equal([0.25, 0.25, 0.25], model.Info.Normalization.StandardDeviation);
        Assert.Equal("class 9", model.Info.ClassNames[9]);
    }

    [Fact]
    public void Write_SameNetworkAgain_GivesTheSameBytes() => Assert.Equal(Model, Exported());

    // 116,922 parameters take 467,688 bytes in FP32. Layer by layer: 8 bits for 8..5, 4 for 4 and 3, 2 for 2 and 1, and 16 for each block of 32.
    [Fact]
    public void Write_MixedBits_FileIsAsSmallAsItsTypes()
    {
        using var network = NetworkCatalogue.Create("vgg8", 10);
        var expected = network.Convolutions.Select((c, k) => (c.Layer.Weight.numel() * (Bits[k] > 4 ? 8 : Bits[k] > 2 ? 4 : 2) / 8)
            + (2 * c.Layer.Weight.shape[0] * 9 * ((c.Layer.Weight.shape[1] + 31) / 32))).Sum();
        var others = 4 * (network.state_dict().Sum(e => e.Value.numel()) - network.Convolutions.Sum(c => c.Layer.Weight.numel()));

        Assert.InRange(Model.Length, expected + others, expected + others + 20_000);
    }

    // IR and opset versions are the first and third field: 08 vv, 12 08 "bitcurve", 42 .. { 0A 00, 10 vv }.
    [Theory]
    [InlineData(2, 13, 25)]
    [InlineData(3, 10, 21)]
    [InlineData(0, 10, 21)]
    public void Write_Bits_AsksForTheOldestVersionThatHasItsTypes(int bits, int irVersion, int opset)
    {
        using var network = NetworkCatalogue.Create("resnet8", 10);
        var model = OnnxCase.Export(network, [.. Enumerable.Repeat(bits, 7)]);

        Assert.Equal([0x08, (byte)irVersion, 0x12, 8, .. "bitcurve"u8, 0x42, 4, 0x0A, 0, 0x10, (byte)opset], model[..18]);
    }

    [Fact]
    public void Open_EveryTruncation_IsOneClearLine()
    {
        for (var length = 0; length < Model.Length; length = length < 2000 ? length + 1 : length + 997)
        {
            var error = Assert.Throws<DataFormatException>(() => OnnxModel.Open(Model[..length], "m.onnx"));

            Assert.StartsWith("m.onnx: ", error.Message);
            Assert.DoesNotContain('\n', error.Message);
        }

        Assert.Contains("truncated", Assert.Throws<DataFormatException>(() => OnnxModel.Open(Model[..^1], "m.onnx")).Message);
    }

    [Fact]
    public void Open_ChangedWeight_BreaksTheChecksum()
    {
        var changed = (byte[])Model.Clone();
        changed[Model.Length / 2] ^= 1;

        var error = Assert.Throws<DataFormatException>(() => OnnxModel.Open(changed, "m.onnx"));

        Assert.Contains("graph: expected checksum ", error.Message);
        Assert.EndsWith("(damaged or changed)", error.Message);
    }

    [Theory]
    [InlineData("bitcurve-onnx/1", "bitcurve-onnx/2", "metadata 'bitcurve.format': expected bitcurve-onnx/1, actual bitcurve-onnx/2")]
    [InlineData("bitcurve.format", "bitcurve.farmat", "metadata 'bitcurve.format': expected an entry as 'bitcurve export' writes it, actual none")]
    [InlineData("vgg8", "vgg7", "metadata 'bitcurve.network': expected one of convnext-t, ")]
    [InlineData("0.25,0.25", "0.25,-.25", "metadata 'bitcurve.input_shape': expected C, H, W or C, D, H, W with C means and C positive deviations, actual 3,32,32 with 3 and 3")]
    [InlineData("8,7,6,5", "8,7,x,5", "metadata 'bitcurve.bits': expected numbers and commas, actual 'x'")]
    public void Open_ForeignMetadata_NamesTheEntry(string text, string replacement, string expected)
    {
        var changed = (byte[])Model.Clone();
        Encoding.ASCII.GetBytes(replacement).CopyTo(changed.AsSpan(changed.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text))));

        Assert.Contains(expected, Assert.Throws<DataFormatException>(() => OnnxModel.Open(changed, "m.onnx")).Message);
    }

    [Fact]
    public void Open_OtherFile_NamesTheMagic()
    {
        Assert.Equal("m.onnx: magic at byte 0: expected 08 and a version, actual 504B", Assert.Throws<DataFormatException>(() => OnnxModel.Open([0x50, 0x4B, 3, 4], "m.onnx")).Message);
        Assert.Equal("m.onnx: magic at byte 0: expected 08 and a version, actual an empty file", Assert.Throws<DataFormatException>(() => OnnxModel.Open([], "m.onnx")).Message);
        Assert.Equal("none.onnx: ONNX model: expected a file, actual no such file", Assert.Throws<DataFormatException>(() => OnnxModel.Open("none.onnx")).Message);
    }

    [Fact]
    public void OpenSession_NoModel_PassesTheRuntimesReasonOnInOneLine()
    {
        OnnxCase.RequireRuntime();
        var error = Assert.Throws<DataFormatException>(() => OnnxSession.Open([1, 2, 3, 4], "m.onnx", threads: 1));

        Assert.StartsWith("m.onnx: model: expected one that ONNX Runtime ", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Run_ImagesOfAnotherSize_AreRefusedByTheRuntime()
    {
        OnnxCase.RequireRuntime();
        using var session = OnnxModel.Open(Model, "m.onnx").CreateSession(threads: 1);

        Assert.Contains("ONNX Runtime", Assert.Throws<DataFormatException>(() => session.Run(new float[3 * 16 * 16], [1, 3, 16, 16])).Message);
    }

    [Fact]
    public void Write_WhatDoesNotFit_SaysWhy()
    {
        using var network = NetworkCatalogue.Create("vgg8", 10);
        var info = OnnxCase.Info(network);

        Assert.StartsWith("vgg8 has 8 quantised layers, got 2 bit-widths", Assert.Throws<ArgumentException>(() => OnnxCase.Export(network, [1, 2])).Message);
        Assert.StartsWith("expected the name of the network, vgg8, got vgg11", Assert.Throws<ArgumentException>(() => OnnxCase.Export(network, Bits, info with { Network = "vgg11" })).Message);
        Assert.StartsWith("vgg8 is built for 10 classes, got 1 names", Assert.Throws<ArgumentException>(() => OnnxCase.Export(network, Bits, info with { ClassNames = ["one"] })).Message);
        Assert.Contains("expected at least", Assert.Throws<ArgumentException>(() => OnnxCase.Export(network, Bits, info with { InputShape = [3, 4, 4] })).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => OnnxCase.Export(network, [9, 7, 6, 5, 4, 3, 2, 1]));
    }

    // By hand: weights that are multiples of 0.5, the largest -2^(b-1) of them. Two's complement from the lowest bits of a byte on; 0.5 is
    // 0x3800 as a 16-bit float. 4A is the tag of the raw data.
    [Theory]
    [InlineData(1, new[] { -1f, 0, -1, -1 }, new byte[] { 0b11_11_00_11 })]
    [InlineData(2, new[] { -2f, 1, -1, 0 }, new byte[] { 0b00_11_01_10 })]
    [InlineData(3, new[] { -4f, 3, -1, 0 }, new byte[] { 0x3C, 0x0F })]
    [InlineData(4, new[] { -8f, 7, -1, 1 }, new byte[] { 0x78, 0x1F })]
    [InlineData(8, new[] { -128f, 127, -1, 1 }, new byte[] { 0x80, 0x7F, 0xFF, 0x01 })]
    public void Write_Weights_ArePackedFromTheLowestBits(int bits, float[] integers, byte[] expected)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = new BlueprintNetwork(new Blueprint("tiny", Block.Chain(Block.Conv2d(1, kernel: 1).As("only"), new GlobalAverage()), [4, 1, 1]));
        network.Convolutions[0].Layer.Weight.copy_(tensor(integers, [1, 4, 1, 1]) * 0.5);

        var model = OnnxCase.Export(network, [bits]);

        Assert.True(model.AsSpan().IndexOf((byte[])[.. "only.weight_quantized"u8, 0x4A, (byte)expected.Length, .. expected]) > 0, "the integers differ");
        Assert.True(model.AsSpan().IndexOf((byte[])[.. "only.weight_multipliers"u8, 0x4A, 2, 0x00, 0x38]) > 0, "the multiplier differs");
    }

    private static byte[] Exported()
    {
        manual_seed(8);
        using var network = NetworkCatalogue.Create("vgg8", 10);
        return OnnxCase.Export(network, Bits, options: QuantizerOptions.Default);
    }
}
