namespace Bitcurve.Models.Architecture;

/// <summary>A whole network as data: its blocks placed for one size of input.</summary>
public sealed class Blueprint
{
    private readonly Lazy<IReadOnlyList<PlacedBlock>> convolutions;

    /// <param name="name">Catalogue name.</param>
    /// <param name="block">The whole network.</param>
    /// <param name="input">Extents of one sample: channels, then positions.</param>
    /// <exception cref="ArgumentException">The blocks do not fit each other or the input.</exception>
    public Blueprint(string name, Block block, IReadOnlyList<int> input)
    {
        (Name, Input) = (name, input);
        Top = Placement.Of(block, input);
        convolutions = new(() => [.. Top.Leaves.Where(leaf => leaf.Block is Convolution)]);
    }

    public string Name { get; }

    /// <summary>Extents of one sample: channels, then positions.</summary>
    public IReadOnlyList<int> Input { get; }

    public PlacedBlock Top { get; }

    /// <summary>The layers that a search may quantise, in module order.</summary>
    public IReadOnlyList<PlacedBlock> Convolutions => convolutions.Value;

    /// <summary>All parameters: weights and biases of convolutions, fully connected layers and norms.</summary>
    public long ParameterCount => Top.Leaves.Sum(leaf => leaf.WeightCount + leaf.BiasCount);

    /// <summary>Multiply-accumulates of one sample.</summary>
    public long Macs => Top.Leaves.Sum(leaf => leaf.Macs);
}
