using Bitcurve.Models.Architecture;

namespace Bitcurve.Models.Networks;

/// <summary>A network of the catalogue.</summary>
/// <param name="Blocks">The network for K classes and the extents of one sample.</param>
/// <param name="Input">Extents of one sample that it was published for.</param>
/// <param name="Classes">K that it was published for.</param>
internal sealed record CatalogueEntry(Func<int, IReadOnlyList<int>, Block> Blocks, IReadOnlyList<int> Input, int Classes)
{
    /// <summary>Of a network whose layers do not depend on the input.</summary>
    internal CatalogueEntry(Func<int, Block> blocks, IReadOnlyList<int> input, int classes)
        : this((outputs, _) => blocks(outputs), input, classes)
    {
    }
}
