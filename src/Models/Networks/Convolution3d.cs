using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Networks;

/// <summary>What stands for a k x k x k convolution (Ye et al. 2018, section 2; seed 000).</summary>
internal enum Variant3d
{
    /// <summary>The convolution itself.</summary>
    Standard,

    /// <summary>1 x k x k to as many channels as come in, then k x 1 x 1 to the outputs (seed 000, equation 3).</summary>
    Pseudo3d,

    /// <summary>k x k x k on each channel alone, then 1 x 1 x 1 to the outputs (seed 000, equation 2).</summary>
    Depthwise,
}

/// <summary>3x3x3 convolutions of three kinds, numbered as in PyTorch's <c>Sequential</c>.</summary>
/// <param name="Variant">Which of them.</param>
/// <param name="SplitBias">Whether the two steps of a depthwise convolution have biases.</param>
internal sealed record Convolution3d(Variant3d Variant, bool SplitBias = false)
{
    /// <summary>Numbers that one <see cref="Units"/> takes: a split convolution has norm and ReLU after each of its steps.</summary>
    internal int Length => Variant == Variant3d.Standard ? 3 : 6;

    /// <summary>Convolution, batch norm and ReLU; twice for a split convolution, since both of its steps are followed by them.</summary>
    /// <param name="first">Number of the first part.</param>
    /// <param name="inputs">c_F.</param>
    /// <param name="outputs">c_G.</param>
    internal IReadOnlyList<Block> Units(int first, int inputs, int outputs) => Variant switch
    {
        Variant3d.Pseudo3d =>
        [
            .. Unit(first, new Convolution(inputs, [1, 3, 3], [1, 1, 1], [0, 1, 1])),
            .. Unit(first + 3, new Convolution(outputs, [3, 1, 1], [1, 1, 1], [1, 0, 0])),
        ],
        Variant3d.Depthwise =>
        [
            .. Unit(first, Block.Conv3d(inputs, kernel: 3, padding: 1, groups: inputs, hasBias: SplitBias)),
            .. Unit(first + 3, Block.Conv3d(outputs, kernel: 1, hasBias: SplitBias)),
        ],
        _ => Unit(first, Block.Conv3d(outputs, kernel: 3, padding: 1)),
    };

    private static Block[] Unit(int number, Block convolution) => [convolution.As($"{number}"), new BatchNorm().As($"{number + 1}"), new Relu()];
}
