namespace Bitcurve.Models.Networks.Points;

/// <summary>How a cloud is thinned from scale to scale, and how many neighbours a point sees at each.</summary>
/// <param name="Strides">By how much each scale has fewer points than the one before; 1 for the first.</param>
/// <param name="Neighbours">Points that attention and pooling look at, itself included; at most as many as the scale has.</param>
public sealed record PointSampling(IReadOnlyList<int> Strides, IReadOnlyList<int> Neighbours)
{
    /// <summary>Five scales, each a quarter of the one before (Point Transformer, Zhao et al. 2021, and its published code).</summary>
    public static readonly PointSampling Published = new([1, 4, 4, 4, 4], [8, 16, 16, 16, 16]);

    /// <summary>The finest so many scales.</summary>
    public PointSampling Finest(int scales) => new([.. Strides.Take(scales)], [.. Neighbours.Take(scales)]);

    /// <exception cref="ArgumentException">The lists differ in length, or an entry is out of range.</exception>
    internal void Check()
    {
        if (Strides.Count == 0 || Strides.Count != Neighbours.Count || Strides[0] != 1 || Strides.Any(stride => stride < 1) || Neighbours.Any(count => count < 1))
        {
            throw new ArgumentException(
                $"point sampling: expected as many strides, 1 first, as neighbour counts, all positive, actual [{string.Join(", ", Strides)}] and [{string.Join(", ", Neighbours)}]");
        }
    }
}
