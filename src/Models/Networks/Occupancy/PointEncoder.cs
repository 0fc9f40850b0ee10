using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Occupancy;

/// <summary>
/// A set of points as one encoding, in whatever order they come: PointNet of residual blocks in which every point sees the maximum over all
/// points after each block (Mescheder et al. 2019, supplementary 1.1; thesis 5.4.2).
/// </summary>
internal sealed class PointEncoder : nn.Module<Tensor, Tensor>
{
    private const int BlockCount = 5;

    private readonly Linear position;
    private readonly List<ResidualPoints> blocks = [];
    private readonly Linear last;

    /// <param name="width">h.</param>
    /// <param name="encodingWidth">c.</param>
    internal PointEncoder(int width, int encodingWidth)
        : base(nameof(PointEncoder))
    {
        register_module("position", position = nn.Linear(3, 2 * width));
        for (var k = 0; k < BlockCount; k++)
        {
            blocks.Add(new ResidualPoints(2 * width, width));
            register_module($"block_{k}", blocks[k]);
        }

        register_module("last", last = nn.Linear(width, encodingWidth));
    }

    /// <param name="input">N x T x 3.</param>
    /// <returns>N x c.</returns>
    public override Tensor forward(Tensor input)
    {
        var points = blocks[0].Call(position.call(input)); // N x T x h
        foreach (var block in blocks.Skip(1))
        {
            points = block.Call(points, points.amax([1], keepdim: true));
        }

        return last.call(points.amax([1]).relu());
    }
}
