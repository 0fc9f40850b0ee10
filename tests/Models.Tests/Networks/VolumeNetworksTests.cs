using Bitcurve.Models.Architecture;
using Bitcurve.Models.Networks;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Networks;

[Collection(nameof(GlobalGenerator))]
public class VolumeNetworksTests
{
    // r3d-18: torchvision's model page. VoxNet by hand: 4,000 + 32, 27,648 + 32, 6,912 x 128 + 128, 128 x 40 + 40. The 3D ShapeNets likewise: convolutions
    // 10,368 + 48, 960,000 + 160, 5,242,880 + 512; linear layers 4,096 x 1,200 + 1,200, 1,200 x 4,000 + 4,000, 4,000 x 40 + 40.
    // VGG: seed 000, table 1, all there is (61,840,845 and so on). NDF: 2,640,816 weights, 976 biases, 2 x 496 of norms.
    [Theory]
    [InlineData("r3d-18", 33_371_472, 20)]
    [InlineData("voxnet", 921_736, 2)]
    [InlineData("shapenets3d", 6_213_968 + 4_916_400 + 4_804_000 + 160_040, 3)]
    [InlineData("ndf-encoder", 2_640_816 + 976 + 992, 11)]
    [InlineData("vgg13-3d", 61_840_845, 10)]
    [InlineData("vgg16-3d-depthwise", 35_382_762, 26)]
    [InlineData("vgg19-3d-pseudo3d", 59_568_856, 32)]
    public void Describe_Network_HasThePublishedSize(string name, long parameters, int convolutions)
    {
        var blueprint = NetworkCatalogue.Describe(name);

        Assert.Equal(parameters, blueprint.ParameterCount);
        Assert.Equal(convolutions, blueprint.Convolutions.Count);
    }

    // Thesis 3.3.2: VoxNet reduces 32^3 to 6^3, the 3D ShapeNets to 2^3; networks.md: 54 positions of 3DMV. Seed 000, table 2: grids of 4, 8, 16, 32.
    [Theory]
    [InlineData("voxnet", "32x6x6x6")]
    [InlineData("shapenets3d", "512x2x2x2")]
    [InlineData("3dmv", "128x6x3x3")]
    [InlineData("vgg16-3d", "512x2x2x2")]
    public void Describe_Classifier_FlattensThePublishedGrid(string name, string shape) =>
        Assert.Equal(shape, Placement.Text(NetworkCatalogue.Describe(name).Top.Leaves.First(leaf => leaf.Block is Flatten).Input));

    [Theory]
    [InlineData("rec6", "256x4x4x4 128x8x8x8 64x16x16x16 32x32x32x32")]
    [InlineData("resrec16@small", "32x4x4x4 16x8x8x8 8x16x16x16")]
    public void Describe_Reconstruction_GrowsThePublishedGrids(string name, string shapes) => Assert.Equal(
        shapes,
        string.Join(' ', NetworkCatalogue.Describe(name).Top.Leaves.Where(leaf => leaf.Block is TransposedConvolution).Select(leaf => Placement.Text(leaf.Output))));

    [Theory]
    [InlineData("3dmv", "20x62")]
    [InlineData("resrec6-depthwise", "1x32x32x32")]
    [InlineData("r3d-18", "400")]
    [InlineData("ndf-encoder", "128x8x8x8")]
    public void Describe_Network_GivesThePublishedOutput(string name, string shape) => Assert.Equal(shape, Placement.Text(NetworkCatalogue.Describe(name).Top.Output));

    // 3 x 16 x 112 x 112 clips: 40.7 G multiply-accumulates (torchvision's model page).
    [Fact]
    public void Macs_OfR3d_AreThePublishedOnes() => Assert.Equal(40.697e9, NetworkCatalogue.Describe("r3d-18").Macs, 1e6);

    [Theory]
    [InlineData("r3d-18@small", "layer4.1.conv2.1.running_var", "layer2.0.downsample.0.weight", "stem.1.weight", "fc.bias")]
    [InlineData("voxnet@small", "feat.conv3d_1.weight", "mlp.fc2.bias")]
    [InlineData("3dmv@small", "features3d.27.running_mean", "classifier3d.3.weight")]
    [InlineData("ndf-encoder@small", "conv_in_bn.weight", "conv_4_1.bias", "conv4_1_bn.running_var")]
    [InlineData("vgg16-3d-depthwise@small", "features.0.weight", "features.4.running_mean", "classifier.4.running_var")]
    [InlineData("resrec16-pseudo3d@small", "encoder.fc.weight", "decoder.convtrans2.0.weight", "decoder.conv3.1.10.weight", "decoder.output.weight")]
    public void Create_Network_HasTheAuthorsNames(string name, params string[] tensors)
    {
        using var network = NetworkCatalogue.Create(name, 10);

        Assert.Subset(network.state_dict().Keys.ToHashSet(), tensors.ToHashSet());
    }

    [Fact]
    public void Create_EachSmallNetwork_ComputesWhatItsBlueprintSays()
    {
        using var recording = no_grad();
        Assert.All(NetworkCatalogue.VolumeNames, name =>
        {
            using var scope = NewDisposeScope();
            using var network = NetworkCatalogue.Create(name + NetworkCatalogue.SmallSuffix, 5);
            network.eval();

            var output = network.call(randn([2, .. network.Blueprint.Input.Select(extent => (long)extent)]));

            Assert.Equal([2, .. network.Blueprint.Top.Output.Select(extent => (long)extent)], output.shape);
            Assert.All(output.data<float>().ToArray(), value => Assert.True(float.IsFinite(value)));
            Assert.Equal(network.Blueprint.ParameterCount, network.parameters().Sum(parameter => parameter.numel()));
        });
    }

    [Fact]
    public void SharedBits_OfR3d_AreThoseOfEachShortcutsBlock() => Assert.Equal(
        [
            KeyValuePair.Create("layer2.0.downsample.0", "layer2.0.conv1.0"),
            KeyValuePair.Create("layer3.0.downsample.0", "layer3.0.conv1.0"),
            KeyValuePair.Create("layer4.0.downsample.0", "layer4.0.conv1.0"),
        ],
        NetworkCatalogue.Describe("r3d-18").SharedBits.OrderBy(shared => shared.Key));

    [Fact]
    public void SharedBits_OfResNet_AreNone() => Assert.Empty(NetworkCatalogue.Describe("resnet18").SharedBits);

    // Chibane et al.: the grid, then the channels of each scale at half the extent of the one before.
    [Fact]
    public void CallWithFeatures_OfTheNdfEncoder_GivesTheGridAndEveryScale()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = NetworkCatalogue.Create("ndf-encoder@small", 1);
        network.eval();
        var grid = randn([2, 1, 32, 32, 32]);

        var (output, features) = network.CallWithFeatures(grid);

        Assert.Equal(
            ["2x1x32x32x32", "2x4x32x32x32", "2x8x16x16x16", "2x16x8x8x8", "2x32x4x4x4", "2x32x2x2x2", "2x32x1x1x1"],
            features.Select(feature => string.Join('x', feature.shape)));
        Assert.Equal(grid.data<float>().ToArray(), features[0].data<float>().ToArray());
        Assert.Equal(output.data<float>().ToArray(), features[^1].data<float>().ToArray());
        Assert.Equal(network.call(grid).data<float>().ToArray(), output.data<float>().ToArray());
    }

    [Theory]
    [InlineData("voxnet", new[] { 3, 32, 32 }, "feat.conv3d_1: expected an input with 3 axes, actual 3x32x32")]
    [InlineData("shapenets3d", new[] { 1, 16, 16, 16 }, "conv3: expected at least 4 positions along each axis, actual 1")]
    [InlineData("3dmv", new[] { 2 }, "features3d.0: expected an input with 3 axes, actual 2")]
    public void Describe_InputThatDoesNotFit_NamesTheLayer(string name, int[] input, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => NetworkCatalogue.Describe(name, 10, input));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Describe_UnknownSmallNetwork_ListsTheNames()
    {
        var error = Assert.Throws<ArgumentException>(() => NetworkCatalogue.Describe("vgg8@small"));

        Assert.StartsWith("unknown network 'vgg8@small': expected one of convnext-t, ", error.Message);
        Assert.EndsWith("voxnet (these also with @small)", error.Message);
    }
}
