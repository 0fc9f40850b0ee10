namespace Bitcurve.Search.Cli.Describe;

/// <summary>A row of a published table: what to compute, and of which network. Fields that a quantity does not need are left out.</summary>
internal sealed record TableRow
{
    public string? Id { get; init; }

    public string? Network { get; init; }

    /// <summary><c>weight_bits</c>, <c>dsconv_bits</c>, <c>total_params</c>, <c>conv_params</c>, <c>decoder_params</c>, <c>compressible_params</c> or
    /// <c>curve_bits</c>.</summary>
    public string? Quantity { get; init; }

    /// <summary><c>standard</c>, <c>pseudo3d</c> or <c>depthwise</c>, of the networks of seed 000; none is standard.</summary>
    public string? Variant { get; init; }

    /// <summary>One entry per convolution, or per convolution that does not share another's bits; one more for the last fully connected layer, which has no blocks.</summary>
    public IReadOnlyList<int>? Bits { get; init; }

    public IReadOnlyList<int>? Harmonics { get; init; }

    /// <summary><c>bezier</c> or <c>chebyshev</c>.</summary>
    public string? Curve { get; init; }

    /// <summary>Curve parameters.</summary>
    public IReadOnlyList<double>? W { get; init; }

    /// <summary>Layers of a curve.</summary>
    public int? Layers { get; init; }

    /// <summary><c>half</c> for the printed formula of the Chebyshev curve.</summary>
    public string? Amplitude { get; init; }

    /// <summary>The table, whose size convention applies (<see cref="TableQuantities"/>).</summary>
    public string? Source { get; init; }
}
