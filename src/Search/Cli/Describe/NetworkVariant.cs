namespace Bitcurve.Search.Cli.Describe;

/// <summary>The kinds of convolution that seed 000 compares, as users name them.</summary>
internal static class NetworkVariant
{
    private const string Standard = "standard";
    private static readonly string[] Split = ["pseudo3d", "depthwise"];

    /// <summary>The catalogue's name of a variant, e.g. <c>vgg13-3d-depthwise</c>; a small network's is <c>vgg13-3d-depthwise@small</c>.</summary>
    /// <exception cref="ArgumentException">The variant is none.</exception>
    internal static string Name(string network, string? variant)
    {
        if (variant is null or Standard)
        {
            return network;
        }

        var scale = network.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at ? at : network.Length;
        return Split.Contains(variant)
            ? $"{network[..scale]}-{variant}{network[scale..]}"
            : throw new ArgumentException($"variant: expected {Standard}, {string.Join(" or ", Split)}, actual '{variant}'");
    }
}
