using Bitcurve.Models.Architecture;
using Bitcurve.Models.Series;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks;

/// <summary>
/// A neural unsigned distance field (Chibane, Mir, Pons-Moll 2020; thesis 3.3.3): an encoder turns a grid into features of several scales, and a
/// decoder reads them at a query point and at six points around it and tells the distance to the surface.
/// </summary>
/// <remarks>B grids, P points each, F channels of all scales together; points lie in the cube [-0.5, 0.5]^3 that the grid divides.</remarks>
public sealed class DistanceFieldNetwork : TrainableNetwork
{
    /// <summary>Distance of the six points around a query, where the grid's edges are at -1 and 1 (the authors' code).</summary>
    public const double Displacement = 0.0722;

    private const int Readings = 7;

    // The first answers are about the middle of what is asked (0 .. 0.1), everywhere: below it the last ReLU passes no gradient, above it the
    // clamp of the loss does not, and with PyTorch's own initialisation one draw in several begins, and stays, on either side.
    private const double FirstAnswer = 0.05;
    private const double FirstSlope = 0.1;

    private readonly List<Linear> layers;

    /// <summary>Draws the weights from the global generator, the encoder's first.</summary>
    /// <param name="encoder">What passes its <see cref="FeatureTap"/>s are the features.</param>
    /// <param name="hidden">Outputs of the first hidden layer, half of them in the other two; the published one has 512.</param>
    /// <param name="series">Series in place of the encoder's kernels; null for none.</param>
    /// <exception cref="ArgumentException">The encoder has no features, or the series do not fit its kernels.</exception>
    public DistanceFieldNetwork(Blueprint encoder, int hidden, SeriesScheme? series = null)
        : base("ndf")
    {
        var channels = encoder.Top.Leaves.Where(leaf => leaf.Block is FeatureTap).Sum(leaf => leaf.Output[0]);
        if (channels == 0)
        {
            throw new ArgumentException($"{encoder.Name}: expected an encoder with features, actual none");
        }

        Encoder = new BlueprintNetwork(encoder, series);
        register_module("encoder", Encoder);
        int[] widths = [(Readings * channels) + 3, hidden, hidden / 2, hidden / 2, 1];
        layers = [.. widths.Zip(widths.Skip(1), (inputs, outputs) => nn.Linear(inputs, outputs))];
        for (var k = 0; k < layers.Count; k++)
        {
            register_module(k == layers.Count - 1 ? "fc_out" : $"fc_{k}", layers[k]);
        }

        using var recording = no_grad();
        layers[^1].weight!.mul_(FirstSlope);
        layers[^1].bias!.zero_().add_(FirstAnswer);
    }

    public BlueprintNetwork Encoder { get; }

    public override IReadOnlyList<(string Name, QuantizableConvolution Layer)> Convolutions =>
        [.. Encoder.Convolutions.Select(convolution => ($"encoder.{convolution.Name}", convolution.Layer))];

    /// <summary>The features of all scales, the grid itself first: B x C x positions each.</summary>
    /// <param name="grid">B x 1 x D x H x W, along z, y, x.</param>
    public IReadOnlyList<Tensor> Encode(Tensor grid) => Encoder.CallWithFeatures(grid).Features;

    /// <summary>Distance to the surface, at least 0: B x P.</summary>
    /// <param name="scales">Of <see cref="Encode"/>.</param>
    /// <param name="points">B x P x 3.</param>
    /// <param name="fixedWeights">Whether gradients are for the points alone.</param>
    public Tensor Distance(IReadOnlyList<Tensor> scales, Tensor points, bool fixedWeights = false)
    {
        var x = Features(scales, points);
        foreach (var layer in layers)
        {
            var (weight, bias) = (layer.weight!, layer.bias!);
            x = nn.functional.linear(x, fixedWeights ? weight.detach() : weight, fixedWeights ? bias.detach() : bias).relu();
        }

        return x.squeeze(-1);
    }

    /// <summary>Linear readings of every scale at each point and at the six around it, then the point itself times two: B x P x (7 F + 3).</summary>
    /// <param name="scales">B x C x positions each; a position is the middle of its cell, beyond the edge the edge counts.</param>
    /// <param name="points">B x P x 3: x, y, z.</param>
    public static Tensor Features(IReadOnlyList<Tensor> scales, Tensor points)
    {
        var scaled = points * 2;
        var readAt = scaled.unsqueeze(2) + Displacements(points.device); // B x P x 7 x 3
        var grid = readAt.unsqueeze(3); // B x P x 7 x 1 x 3
        var readings = scales.Select(scale => nn.functional.grid_sample(scale, grid, padding_mode: GridSamplePaddingMode.Border, align_corners: false)
            .squeeze(-1).permute(0, 2, 1, 3).flatten(2)); // B x P x 7 C
        return cat([.. readings, scaled], 2);
    }

    // The point, then one step back and forth along each axis: 7 x 3.
    private static Tensor Displacements(Device device)
    {
        var steps = new float[Readings * 3];
        for (var axis = 0; axis < 3; axis++)
        {
            steps[((1 + (2 * axis)) * 3) + axis] = (float)-Displacement;
            steps[((2 + (2 * axis)) * 3) + axis] = (float)Displacement;
        }

        return tensor(steps, [Readings, 3], device: device);
    }
}
