using Bitcurve.Search.Choosing;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Hosting;

/// <summary>
/// What a user asks a search for, in the words of the command line and of <c>POST /api/v1/searches</c>. Everything but the workload may be
/// left out.
/// </summary>
public sealed record SearchRequest
{
    private const string WholeRange = "1..8";

    // What can be checked before the workload is known is checked on these.
    private static readonly LayerDescription[] AnyLayers = [new("first", [1, 1, 3, 3], 1), new("last", [1, 1, 3, 3], 1)];

    /// <summary>NETWORK/DATA, one that a worker offers.</summary>
    public required string Workload { get; init; }

    /// <summary>The workload in full, for one that no worker has offered yet; null to look it up.</summary>
    public WorkloadDescription? Description { get; init; }

    public string? Name { get; init; }

    /// <summary>
    /// Curve and number of its parameters, e.g. <c>bezier:2</c>; of harmonics instead of bit-widths <c>harmonics:bezier:2</c>, of both
    /// <c>joint:bezier:2</c>.
    /// </summary>
    public string Space { get; init; } = "bezier:2";

    /// <summary>Range of bit-widths, MIN..MAX; harmonics go from 1 to the extent of each kernel.</summary>
    public string Bits { get; init; } = WholeRange;

    /// <summary>Ascending training lengths, epochs, e.g. <c>0,1,2,15</c>.</summary>
    public string Tasks { get; init; } = "0,1,2,15";

    /// <summary>E.g. <c>150epochs</c>, <c>40jobs</c>, <c>2h</c>.</summary>
    public string Budget { get; init; } = "150epochs";

    public long Seed { get; init; }

    /// <summary>How to quantise and compress; <c>skip</c> may also hold <c>first</c> and <c>last</c>.</summary>
    public QuantizerSettings Quantizer { get; init; } = new();

    public SelectionSettings Selection { get; init; } = new();

    public ChoosingSettings Choosing { get; init; } = new();

    public VerificationSettings Verification { get; init; } = new();

    public SharingSettings Sharing { get; init; } = new();

    /// <summary>Checks what can be checked without knowing the workload.</summary>
    /// <exception cref="ArgumentException">Something does not parse or fit.</exception>
    public void Check()
    {
        _ = Trials.Budget.Parse(Budget);
        _ = ParseSpace(AnyLayers);
        Quantizer.Validate();
        _ = ParseTasks();
        StrategyCatalogue.Check(Selection);
    }

    /// <exception cref="ArgumentException">Something does not parse or fit.</exception>
    public SearchDefinition Define(string id, WorkloadDescription workload)
    {
        Check();
        QuantizerSettings quantizer = Quantizer with { Skip = SkippedLayers.Named(Quantizer.Skip, workload) };
        var definition = new SearchDefinition
        {
            Id = id,
            Name = Name,
            Workload = workload,
            Space = ParseSpace(SkippedLayers.Without(workload.Layers, quantizer.Skip)),
            Tasks = ParseTasks(),
            Budget = Trials.Budget.Parse(Budget),
            Seed = Seed,
            Quantizer = quantizer,
            Selection = Selection,
            Choosing = Choosing,
            Verification = Verification,
            Sharing = Sharing,
        };
        definition.Validate();
        return definition;
    }

    private CurveSpace ParseSpace(IReadOnlyList<LayerDescription> layers)
    {
        string[] range = Bits.Split("..");
        if (range.Length != 2 || !int.TryParse(range[0], out int minimum) || !int.TryParse(range[1], out int maximum)
            || minimum < BitVector.MinimumBits || maximum > BitVector.MaximumBits || minimum >= maximum)
        {
            throw new ArgumentException($"Bits: expected a range within {BitVector.MinimumBits}..{BitVector.MaximumBits} such as 2..6, actual '{Bits}'.");
        }

        var space = CurveSpace.Parse(Space, layers, minimum, maximum);
        return space.HasBits || Bits == WholeRange
            ? space
            : throw new ArgumentException($"Bits: expected {WholeRange} where only harmonics are searched, actual '{Bits}'.");
    }

    private int[] ParseTasks() =>
        [.. Tasks.Split(',', StringSplitOptions.TrimEntries).Select(part => int.TryParse(part, out int epochs)
            ? epochs
            : throw new ArgumentException($"Tasks: expected ascending epochs from 0 such as 0,1,2,15, actual '{Tasks}'."))];
}
