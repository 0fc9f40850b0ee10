using Bitcurve.Search.Hosting;
using Bitcurve.Search.Space;
using Bitcurve.Search.Tests.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Hosting;

public sealed class SearchRequestTests
{
    private static readonly SearchRequest Request = new() { Workload = Kernels.Workload.Name };

    [Fact]
    public void Define_JointWithARangeOfBits_AppliesItToTheBitsAlone()
    {
        CurveSpace space = (Request with { Space = "joint:bezier:2", Bits = "2..6" }).Define("search", Kernels.Workload).Space;

        Assert.Equal("66666/73133", LevelText.Of(space.Subject, space.BitsAt([1, 1, 1, 1])));
        Assert.Equal("22222/11111", LevelText.Of(space.Subject, space.BitsAt([0, 0, 0, 0])));
    }

    [Fact]
    public void Define_SkippedByPosition_StoresTheNames()
    {
        var quantizer = new QuantizerSettings(Skip: ["last", "first", "stem"]);

        Assert.Equal(["stem", "conv3"], (Request with { Quantizer = quantizer }).Define("search", Kernels.Workload).Quantizer.Skip!);
        Assert.Null((Request with { Quantizer = new QuantizerSettings(Skip: []) }).Define("search", Kernels.Workload).Quantizer.Skip);
    }

    [Theory]
    [InlineData("bezier:2", "1..8", 32, "conv9", "Skip: expected layers of mixed/shapes32, or first or last, actual 'conv9'.")]
    [InlineData("bezier:2", "1..8", 32, "stem,conv1,conv2,conv3,shortcut", "Skip: expected at least one of 5 layers left to search, actual none.")]
    [InlineData("bezier:2", "1..8", 0, "stem", "Block size: expected at least 1 channel, actual 0.")]
    [InlineData("bezier:2", "1..9", 32, "stem", "Bits: expected a range within 1..8 such as 2..6, actual '1..9'.")]
    [InlineData("harmonics:bezier:2", "2..6", 32, "stem", "Bits: expected 1..8 where only harmonics are searched, actual '2..6'.")]
    [InlineData("harmonics:bezier:2", "1..8", 32, "stem,conv1,conv2,conv3", "Harmonics: expected at least one layer with a kernel larger than 1 to compress, actual none.")]
    public void Define_WhatDoesNotFit_SaysExpectedAndActual(string space, string bits, int blockSize, string skip, string message)
    {
        SearchRequest request = Request with { Space = space, Bits = bits, Quantizer = new QuantizerSettings(blockSize, Skip: skip.Split(',')) };

        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => request.Define("search", Kernels.Workload)).Message);
    }
}
