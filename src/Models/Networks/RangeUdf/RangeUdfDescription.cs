using Bitcurve.Models.Networks.Points;

namespace Bitcurve.Models.Networks.RangeUdf;

/// <summary>What a <see cref="RangeUdfNetwork"/> is made of; as published where not said otherwise.</summary>
public sealed record RangeUdfDescription
{
    /// <summary>Three coordinates in, d channels per point out: the encoding.</summary>
    public PointTransformerDescription Encoder { get; init; } = PointTransformerDescription.Published with { Inputs = 3, Outputs = 32 };

    /// <summary>K, input points whose encodings a query combines.</summary>
    public int Neighbours { get; init; } = 4;

    /// <summary>Hidden channels of the distance head.</summary>
    public IReadOnlyList<int> DistanceWidths { get; init; } = [512, 32, 32];

    /// <summary>Hidden channels of the semantic head.</summary>
    public IReadOnlyList<int> SemanticWidths { get; init; } = [64, 32];

    /// <summary>Of the semantic head's last hidden layer, in training.</summary>
    public double Dropout { get; init; } = 0.5;

    /// <summary>Semantic classes; 0 for a network without a semantic head.</summary>
    public int Classes { get; init; }

    /// <summary>What adds context to the encodings before they are segmented; null for nothing.</summary>
    public ContextDescription? Context { get; init; }

    /// <summary>Whether two weights balance the losses of both tasks.</summary>
    public bool WeighsTasks { get; init; }
}

/// <summary>A contextualising module: a point transformer, or for comparison a perceptron that sees one encoding at a time (thesis 6.5.1).</summary>
/// <param name="Outputs">l, dimension of the context feature.</param>
/// <param name="Network">The point transformer; null for the perceptron.</param>
/// <param name="HiddenWidths">The perceptron's hidden channels.</param>
public sealed record ContextDescription(int Outputs, PointTransformerDescription? Network, IReadOnlyList<int> HiddenWidths)
{
    public static ContextDescription Of(PointTransformerDescription network) => new(network.Outputs, network, []);

    public static ContextDescription Perceptron(int outputs, params IReadOnlyList<int> hiddenWidths) => new(outputs, null, hiddenWidths);
}
