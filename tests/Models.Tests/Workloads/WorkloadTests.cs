using Bitcurve.Models.Data;
using Bitcurve.Models.Workloads;

namespace Bitcurve.Models.Tests.Workloads;

public class WorkloadTests
{
    [Fact]
    public void Layers_Vgg8_HaveTheRecipesSizesAndMacs()
    {
        var workload = Workload.Open("vgg8/shapes32-tiny");

        Assert.Equal(["features.0", "features.4", "features.7"], workload.Layers.Select(l => l.Name).Take(3));
        Assert.Equal([16, 3, 3, 3], workload.Layers[0].WeightShape);

        // 5.05 M multiply-accumulates per image (shapes32.md).
        Assert.Equal(5.05, workload.Layers.Sum(l => l.Macs) / 1e6, 0.005);
    }

    [Fact]
    public void ContentHash_DependsOnNetworkDataAndRecipe()
    {
        var hashes = new[]
        {
            Workload.Open("vgg8/shapes32-tiny").ContentHash,
            Workload.Open("resnet8/shapes32-tiny").ContentHash,
            Workload.Open("vgg8/shapes32-tiny", baselineEpochs: 2).ContentHash,
        };

        Assert.Equal(3, hashes.Distinct().Count());
        Assert.Equal(hashes[0], Workload.Open("vgg8/shapes32-tiny").ContentHash);
    }

    [Theory]
    [InlineData("", "unknown workload '': expected NETWORK/DATA")]
    [InlineData("vgg8/", "unknown workload 'vgg8/': expected NETWORK/DATA")]
    [InlineData("vgg8/shapes32@small", "expected vgg8 without @small, it has one size")]
    [InlineData("/shapes32", "expected NETWORK/DATA")]
    [InlineData("vgg9/shapes32", "unknown network 'vgg9': expected one of")]
    [InlineData("vgg8/mnist", "unknown data 'mnist' for vgg8: expected shapes32")]
    [InlineData("vgg8/cifar10:", "unknown data 'cifar10:'")]
    [InlineData("vgg8/shards:", "unknown data 'shards:' for vgg8: expected shapes32, shapes32-tiny, cifar10:DIR, cifar100:DIR, imagenet32:DIR, shards:DIR")]
    public void Open_BadName_SaysWhatIsExpected(string name, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Workload.Open(name)).Message);

    [Fact]
    public void Open_NetworkAlone_TakesItsFirstData() => Assert.Equal("vgg8/shapes32", Workload.Open("vgg8").Name);

    [Theory]
    [InlineData("vgg8/shapes32", null, "vgg8/shapes32")]
    [InlineData("voxnet", "small", "voxnet@small")]
    [InlineData("voxnet@small", "small", "voxnet@small")]
    [InlineData("voxnet", "full", "voxnet")]
    public void AtScale_OfAName_EndsWithIt(string name, string? scale, string expected) => Assert.Equal(expected, WorkloadName.AtScale(name, scale));

    [Theory]
    [InlineData("voxnet", "tiny", "--scale: expected full or small, actual 'tiny'")]
    [InlineData("voxnet@small", "full", "--scale: expected small for 'voxnet@small', actual full")]
    public void AtScale_ThatContradicts_SaysWhatIsExpected(string name, string scale, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => WorkloadName.AtScale(name, scale)).Message);

    [Theory]
    [InlineData("cifar10", "CIFAR-10 folder")]
    [InlineData("cifar100", "CIFAR-100 folder")]
    [InlineData("imagenet32", "ImageNet32 folder")]
    [InlineData("shards", "shard folder")]
    public void Check_MissingFolder_NamesIt(string data, string what)
    {
        var error = Assert.Throws<DataFormatException>(() => Workload.Open($"vgg8/{data}:/nowhere/at/all").Check());

        Assert.StartsWith($"/nowhere/at/all: {what}: expected a folder with ", error.Message);
    }
}
