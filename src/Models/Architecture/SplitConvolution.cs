namespace Bitcurve.Models.Architecture;

/// <summary>
/// What two steps in place of one convolution cost, in multiplications (seed 000, equations 1 to 3, k^3 being the product of the kernel's
/// extents; seeds 003 and 004 the same in the plane). Both steps count at the positions of their result, as seed 003 does; seed 000's
/// l_F w_F h_F are the same positions where padding keeps the extents.
/// </summary>
/// <param name="First">Path of the first step.</param>
/// <param name="Second">Path of the second.</param>
/// <param name="Kind"><see cref="Depthwise"/> or <see cref="Pseudo3d"/>.</param>
/// <param name="Kernel">Extents of the convolution that they stand for.</param>
/// <param name="Inputs">c_F.</param>
/// <param name="Outputs">c_G.</param>
/// <param name="Positions">Of the result.</param>
public sealed record SplitConvolution(
    string First, string Second, string Kind, IReadOnlyList<int> Kernel, int Inputs, int Outputs, long Positions)
{
    /// <summary><see cref="Kind"/> of a depthwise and a pointwise convolution.</summary>
    public const string Depthwise = "depthwise";

    /// <summary><see cref="Kind"/> of a convolution over two axes and one over the third.</summary>
    public const string Pseudo3d = "pseudo-3d";

    /// <summary>Weights of the first step: k^3 c_F, or k^2 c_F c_F.</summary>
    public required long FirstWeights { get; init; }

    /// <summary>Weights of the second step: c_F c_G, or k c_F c_G.</summary>
    public required long SecondWeights { get; init; }

    /// <summary>Weights of the convolution that they stand for: k^3 c_F c_G.</summary>
    public required long StandardWeights { get; init; }

    /// <summary>Weights of both steps.</summary>
    public long SplitWeights => FirstWeights + SecondWeights;

    /// <summary>Equation 1.</summary>
    public long StandardCost => StandardWeights * Positions;

    public long FirstCost => FirstWeights * Positions;

    public long SecondCost => SecondWeights * Positions;

    /// <summary>Equation 2, or 3.</summary>
    public long SplitCost => SplitWeights * Positions;

    /// <summary>Equation 2 or 3 divided by equation 1; the positions cancel.</summary>
    public double Ratio => (double)SplitWeights / StandardWeights;

    /// <summary>Every pair of steps of a network, in module order.</summary>
    public static IReadOnlyList<SplitConvolution> Of(Blueprint network)
    {
        var layers = network.Convolutions;
        return [.. layers.Zip(layers.Skip(1)).Select(pair => Of(pair.First, pair.Second)).OfType<SplitConvolution>()];
    }

    private static SplitConvolution? Of(PlacedBlock first, PlacedBlock second)
    {
        var (one, two) = ((Convolution)first.Block, (Convolution)second.Block);
        if (!first.Output.SequenceEqual(second.Input) || two.Groups != 1)
        {
            return null;
        }

        var isDepthwise = one.Groups == first.Input[0] && one.Outputs == first.Input[0] && one.Kernel.Max() > 1 && two.Kernel.Max() == 1;
        var isPseudo = one.Groups == 1 && one.Kernel is [1, > 1, > 1] && two.Kernel is [> 1, 1, 1];
        if (!isDepthwise && !isPseudo)
        {
            return null;
        }

        int[] kernel = [.. one.Kernel.Zip(two.Kernel).Select(axis => axis.First * axis.Second)];
        var (inputs, outputs) = (first.Input[0], second.Output[0]);
        return new(first.Path, second.Path, isDepthwise ? Depthwise : Pseudo3d, kernel, inputs, outputs, Product([.. second.Output.Skip(1)]))
        {
            FirstWeights = first.WeightCount,
            SecondWeights = second.WeightCount,
            StandardWeights = Product(kernel) * inputs * outputs,
        };
    }

    private static long Product(IReadOnlyList<int> extents) => extents.Aggregate(1L, (product, extent) => product * extent);
}
