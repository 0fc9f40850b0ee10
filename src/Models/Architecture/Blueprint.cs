namespace Bitcurve.Models.Architecture;

/// <summary>A whole network as data: its blocks placed for one size of input.</summary>
public sealed class Blueprint
{
    private readonly Lazy<IReadOnlyList<PlacedBlock>> convolutions;
    private readonly Lazy<IReadOnlyDictionary<string, string>> sharedBits;

    /// <param name="name">Catalogue name.</param>
    /// <param name="block">The whole network.</param>
    /// <param name="input">Extents of one sample: channels, then positions.</param>
    /// <exception cref="ArgumentException">The blocks do not fit each other or the input.</exception>
    public Blueprint(string name, Block block, IReadOnlyList<int> input)
    {
        (Name, Input) = (name, input);
        Top = Placement.Of(block, input);
        convolutions = new(() => [.. ConvolutionsOf(Top)]);
        sharedBits = new(() => Shares(Top).ToDictionary(StringComparer.Ordinal));
    }

    public string Name { get; }

    /// <summary>Extents of one sample: channels, then positions.</summary>
    public IReadOnlyList<int> Input { get; }

    public PlacedBlock Top { get; }

    /// <summary>The layers that a search may quantise, in module order.</summary>
    public IReadOnlyList<PlacedBlock> Convolutions => convolutions.Value;

    /// <summary>Of each layer of <see cref="Convolutions"/> that has no bits of its own, by path: the earlier layer whose bits it takes.</summary>
    public IReadOnlyDictionary<string, string> SharedBits => sharedBits.Value;

    /// <summary>All parameters: weights and biases of convolutions, fully connected layers and norms.</summary>
    public long ParameterCount => Top.Leaves.Sum(leaf => leaf.WeightCount + leaf.BiasCount);

    /// <summary>Multiply-accumulates of one sample.</summary>
    public long Macs => Top.Leaves.Sum(leaf => leaf.Macs);

    private static IEnumerable<PlacedBlock> ConvolutionsOf(PlacedBlock placed) => placed.Leaves.Where(leaf => leaf.Block is Convolution);

    private static IEnumerable<KeyValuePair<string, string>> Shares(PlacedBlock placed)
    {
        var own = placed.Block is Residual { Shortcut: not null, ShortcutSharesBits: true }
            ? ConvolutionsOf(placed.Parts[1]).Select(layer => KeyValuePair.Create(layer.Path, ConvolutionsOf(placed.Parts[0]).First().Path))
            : [];
        return own.Concat(placed.Parts.SelectMany(Shares));
    }
}
