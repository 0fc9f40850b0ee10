using Bitcurve.Models.Networks.Occupancy;
using Bitcurve.Models.Series;
using Bitcurve.Models.Tests.Training.Occupancy;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Networks.Occupancy;

[Collection(nameof(GlobalGenerator))]
public class OccupancyNetworkTests
{
    private const OccupancyTasks All = OccupancyTasks.Reconstruction | OccupancyTasks.Classification | OccupancyTasks.Segmentation;

    [Fact]
    public void ParameterCount_OfThePublishedSizes_IsAsCountedByHand()
    {
        // Encoder: 3 to 1024, five blocks of 1024 to 512 (1024 x 512 + 512, 512 x 512 + 512, 1024 x 512), 512 to 512.
        const long encoder = (3 * 1024) + 1024 + (5 * ((2 * 1024 * 512) + (512 * 512) + (2 * 512))) + (512 * 512) + 512;

        // A conditional norm: two layers 512 to 256; decoder: 3 to 256, five blocks of two norms and two layers, a norm, 256 to outputs.
        const long norm = 2 * ((512 * 256) + 256);
        const long trunk = (3 * 256) + 256 + (5 * ((2 * norm) + (2 * ((256 * 256) + 256)))) + norm;
        const long classifier = (512 * 512) + 512 + (10 * 512) + 10;
        using var network = new OccupancyNetwork(OccupancyArchitecture.FullPoints with { Tasks = All, Categories = 10, Parts = 30 });

        Assert.Equal(encoder + trunk + 257 + trunk + (30 * 257) + classifier, network.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void ParameterCount_WithTheImageEncoder_IsThePublishedOne()
    {
        // Mescheder et al. 2019, supplementary: 13.4 million parameters.
        using var network = new OccupancyNetwork(OccupancyArchitecture.FullImage);

        Assert.Equal(13_414_465, network.parameters().Sum(p => p.numel()));
        Assert.Equal(20, network.Convolutions.Count);
        Assert.Equal("encoder.conv1", network.Convolutions[0].Name);
    }

    [Fact]
    public void Names_OfAllTensors_AreUnique()
    {
        using var network = new OccupancyNetwork(ToyShapes.Architecture with { Tasks = All });

        Assert.Equal(network.named_parameters().Count() + network.named_buffers().Count(), network.state_dict().Count);
        Assert.Equal(["encoder", "decoder", "segmentation", "classifier"], network.named_children().Select(child => child.name));
    }

    [Fact]
    public void Encode_PointsInAnotherOrder_IsTheSame()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        manual_seed(3);
        using var network = new OccupancyNetwork(ToyShapes.Architecture with { Tasks = OccupancyTasks.Reconstruction });
        Disturb(network);
        var points = randn([2, 40, 3]);
        var reversed = points.index_select(1, tensor([.. Enumerable.Range(0, 40).Select(k => (long)((k * 7) % 40))]));

        var (one, other) = (network.Encode(points).data<float>().ToArray(), network.Encode(reversed).data<float>().ToArray());

        // Each point passes the same sums; a matrix product may still split its rows differently by their place.
        Assert.True(one.Max(Math.Abs) > 0.01);
        Assert.All(one.Zip(other), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Encode_OneMovedPoint_ChangesTheEncoding()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        manual_seed(3);
        using var network = new OccupancyNetwork(ToyShapes.Architecture with { Tasks = OccupancyTasks.Reconstruction });
        Disturb(network);
        var points = randn([1, 5, 3]);
        var moved = points.clone();
        moved.narrow(1, 2, 1).add_(3f);

        Assert.True((network.Encode(points) - network.Encode(moved)).abs().max().item<float>() > 1e-3f);
    }

    [Fact]
    public void Decode_AtTheStart_IsTheFirstLayerNormalisedAndReadOut()
    {
        // Second layers are zero, so that each residual block is the identity, and norms do not depend on the encoding yet.
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        manual_seed(4);
        using var network = new OccupancyNetwork(ToyShapes.Architecture with { Tasks = OccupancyTasks.Reconstruction });
        network.eval();
        var (queries, weights) = (randn([2, 6, 3]), network.state_dict());

        var logits = network.Decode(queries, randn([2, 12]), OccupancyTasks.Reconstruction).Occupancy!;

        var first = nn.functional.linear(queries, weights["decoder.position.weight"], weights["decoder.position.bias"]);
        var normalised = (first * (1 / Math.Sqrt(1 + 1e-5))).relu();
        var expected = nn.functional.linear(normalised, weights["decoder.last.weight"], weights["decoder.last.bias"]).squeeze(2);
        Assert.True((logits - expected).abs().max().item<float>() < 1e-5f);
    }

    [Fact]
    public void Encode_AtTheStart_IsTheProjectionsWithTheirMaxima()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        manual_seed(5);
        using var network = new OccupancyNetwork(ToyShapes.Architecture with { Tasks = OccupancyTasks.Reconstruction });
        var (points, weights) = (randn([2, 6, 3]), network.state_dict());

        var expected = nn.functional.linear(points, weights["encoder.position.weight"], weights["encoder.position.bias"]);
        for (var block = 0; block < 5; block++)
        {
            var inputs = block == 0 ? expected : cat([expected, expected.amax([1], keepdim: true).expand(2, 6, 16)], 2);
            expected = nn.functional.linear(inputs, weights[$"encoder.block_{block}.projection.weight"]);
        }

        expected = nn.functional.linear(expected.amax([1]).relu(), weights["encoder.last.weight"], weights["encoder.last.bias"]);
        Assert.True((network.Encode(points) - expected).abs().max().item<float>() < 1e-5f);
    }

    [Fact]
    public void Decode_WithAJointDecoder_SlicesOneOutput()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        manual_seed(6);
        using var network = new OccupancyNetwork(
            ToyShapes.Architecture with { Tasks = OccupancyTasks.Reconstruction | OccupancyTasks.Segmentation, HasJointDecoder = true });
        network.eval();
        var (queries, encoding) = (randn([2, 6, 3]), randn([2, 12]));

        var (occupancy, parts) = network.Decode(queries, encoding, OccupancyTasks.Reconstruction | OccupancyTasks.Segmentation);

        Assert.Equal([2L, 6], occupancy!.shape);
        Assert.Equal([2L, 6, 4], parts!.shape);
        Assert.Equal([5L, 16], network.state_dict()["decoder.last.weight"].shape);
        Assert.Null(network.Decode(queries, encoding, OccupancyTasks.Reconstruction).Parts);
    }

    [Fact]
    public void Constructor_NoTaskOrAJointDecoderForOne_IsRefused()
    {
        Assert.Contains("actual none", Assert.Throws<ArgumentException>(() => new OccupancyNetwork(ToyShapes.Architecture with { Tasks = OccupancyTasks.None })).Message);
        Assert.Contains("joint decoder", Assert.Throws<ArgumentException>(
            () => new OccupancyNetwork(ToyShapes.Architecture with { Tasks = OccupancyTasks.Segmentation, HasJointDecoder = true })).Message);
    }

    [Fact]
    public void Constructor_SeriesForAnEncoderOfPoints_AreRefused()
    {
        var fault = Assert.Throws<ArgumentException>(() => new OccupancyNetwork(ToyShapes.Architecture with { Tasks = All }, SeriesScheme.Parse(SeriesKind.Cosine, "2")));

        Assert.Contains("no convolutions", fault.Message);
    }

    // Zero layers hide what they would do: all parameters are moved a little.
    internal static void Disturb(nn.Module network)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        foreach (var parameter in network.parameters())
        {
            parameter.add_(randn(parameter.shape), 0.1f);
        }
    }
}
