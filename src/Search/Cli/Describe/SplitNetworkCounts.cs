using Bitcurve.Models.Architecture;

namespace Bitcurve.Search.Cli.Describe;

/// <summary>
/// Parameters as seed 000's tables 1 and 4 count them. Of a reconstruction network the convolutional layers are those that refine a grid, with norms and
/// biases; the decoder is these, the transposed convolutions with their norms and the last 1x1x1 convolution (17,122,272 more). Of a VGG they
/// are all convolutions with their norms, and the last linear layer's weights (53,248), which the paper's "fully-connected layer" of
/// 33,579,021 parameters lacks; with that the total is everything.
/// </summary>
internal static class SplitNetworkCounts
{
    private const string DecoderPath = "decoder.";
    private const string RefiningPath = "decoder.conv";
    private const string GrowingPath = "decoder.convtrans";

    /// <returns>Null for a network of neither table.</returns>
    internal static long? ConvolutionParameters(Blueprint network) =>
        HasDecoder(network) ? Count(network, leaf => StartsWith(leaf, RefiningPath) && !StartsWith(leaf, GrowingPath))
        : IsVgg(network) ? Count(network, leaf => StartsWith(leaf, "features.")) + network.Top.Leaves.Last(leaf => leaf.Block is FullyConnected).WeightCount
        : null;

    /// <returns>Null for a network without a decoder.</returns>
    internal static long? DecoderParameters(Blueprint network) => HasDecoder(network) ? Count(network, leaf => StartsWith(leaf, DecoderPath)) : null;

    /// <returns>Null for a network of neither table.</returns>
    internal static long? TotalParameters(Blueprint network) => HasDecoder(network) || IsVgg(network) ? network.ParameterCount : null;

    private static bool HasDecoder(Blueprint network) => network.Top.Leaves.Any(leaf => StartsWith(leaf, DecoderPath));

    // The only networks with norms between their linear layers.
    private static bool IsVgg(Blueprint network) => network.Top.Leaves.Any(leaf => leaf is { Block: BatchNorm, Input.Count: 1 });

    private static long Count(Blueprint network, Func<PlacedBlock, bool> isCounted) =>
        network.Top.Leaves.Where(isCounted).Sum(leaf => leaf.WeightCount + leaf.BiasCount);

    private static bool StartsWith(PlacedBlock leaf, string path) => leaf.Path.StartsWith(path, StringComparison.Ordinal);
}
