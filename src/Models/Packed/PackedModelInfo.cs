using Bitcurve.Models.Data;

namespace Bitcurve.Models.Packed;

/// <summary>What a packed file says about its network beside the tensors: enough to run it on images without the search it came from.</summary>
public sealed record PackedModelInfo
{
    /// <summary>Name in <see cref="Networks.NetworkCatalogue"/>.</summary>
    public required string Network { get; init; }

    /// <summary>The data and network it was trained for, e.g. <c>vgg8/shapes32</c>.</summary>
    public required string Workload { get; init; }

    /// <summary>C, H, W of one image, or C, D, H, W of one sample of three axes.</summary>
    public required IReadOnlyList<int> InputShape { get; init; }

    /// <summary>From bytes to network input; one mean and deviation per channel.</summary>
    public required Normalization Normalization { get; init; }

    /// <summary>One name per class.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }
}
