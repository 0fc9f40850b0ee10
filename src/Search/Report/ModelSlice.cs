using Bitcurve.Search.Choosing;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Report;

/// <summary>
/// The model along one curve parameter, all others held at those of one network (thesis Figure 4): what it expects after each training length.
/// </summary>
/// <param name="Parameter">The one that moves, from 0.</param>
/// <param name="Others">Values of the others; null at the one that moves.</param>
/// <param name="At">Its values, ascending from 0 to 1.</param>
/// <param name="MemoryBytes">Of the network there, one per value.</param>
/// <param name="Bits">Of the network there.</param>
/// <param name="Tasks">One per training length, ascending.</param>
/// <param name="Observed">What was measured close by.</param>
public sealed record ModelSlice(
    int Parameter,
    IReadOnlyList<double?> Others,
    IReadOnlyList<double> At,
    IReadOnlyList<long> MemoryBytes,
    IReadOnlyList<string> Bits,
    IReadOnlyList<SliceBand> Tasks,
    IReadOnlyList<SliceObservation> Observed)
{
    /// <summary>Values of the parameter that moves.</summary>
    public const int Points = 41;

    /// <summary>A measured network belongs to a slice when its other parameters are at most so far away, Euclidean.</summary>
    public const double NearestDistance = 0.15;

    // Half the width of a central 95 % interval, in standard deviations.
    private const double Deviations95 = 1.959963984540054;

    /// <summary>One per parameter, through the chosen network, or the best measured where the limits allow none.</summary>
    internal static IReadOnlyList<ModelSlice> Of(SearchState state, SurrogateModel model)
    {
        IReadOnlyList<double> through = Centre(state);
        return [.. Enumerable.Range(0, through.Count).Select(parameter => Along(state, model, through, parameter))];
    }

    private static IReadOnlyList<double> Centre(SearchState state)
    {
        Configuration? best = state.ChosenConfiguration()
            ?? Chosen.Of(state.MeasuredConfigurations(), new ChoosingSettings { BitsPerAccuracy = state.Definition.Choosing.BitsPerAccuracy });
        return best is null ? [.. Enumerable.Repeat(0.5, state.Definition.Space.Parameters)] : state.TrialOf(best.Bits)!.W;
    }

    private static ModelSlice Along(SearchState state, SurrogateModel model, IReadOnlyList<double> through, int parameter)
    {
        SearchDefinition definition = state.Definition;
        double[] at = [.. Enumerable.Range(0, Points).Select(point => point / (double)(Points - 1))];
        Candidate[] candidates = [.. at.Select(value => CandidateAt(definition.Space, [.. through.Select((w, axis) => axis == parameter ? value : w)]))];
        return new ModelSlice(
            parameter,
            [.. through.Select((w, axis) => axis == parameter ? (double?)null : PictureNumbers.Rounded(w))],
            at,
            [.. candidates.Select(candidate => definition.SizeOf(candidate.Bits).MemoryBytes)],
            [.. candidates.Select(candidate => LevelText.Of(definition.Space.Subject, candidate.Bits))],
            [.. definition.Tasks.Select((epochs, task) => SliceBand.Of(epochs, model.Bands(candidates, task, Deviations95)))],
            SliceObservation.Of(state, through, parameter));
    }

    private static Candidate CandidateAt(CurveSpace space, double[] w) => new(space.BitsAt(w), w);
}

/// <summary>Mean and ends of the central 95 % interval of the accuracy after so many epochs, one per value of the parameter that moves.</summary>
public sealed record SliceBand(int Epochs, IReadOnlyList<double> Mean, IReadOnlyList<double> Lower, IReadOnlyList<double> Upper)
{
    internal static SliceBand Of(int epochs, IReadOnlyList<(double Mean, double Lower, double Upper)> bands) => new(
        epochs,
        [.. bands.Select(band => PictureNumbers.Rounded(band.Mean))],
        [.. bands.Select(band => PictureNumbers.Rounded(band.Lower))],
        [.. bands.Select(band => PictureNumbers.Rounded(band.Upper))]);
}

/// <summary>A measured network at its value of the parameter that moves.</summary>
/// <param name="TrialId">Which.</param>
/// <param name="At">Its value of that parameter.</param>
/// <param name="Epochs">Training length.</param>
/// <param name="Accuracy">Measured after it.</param>
/// <param name="Distance">Of its other parameters from the slice, Euclidean.</param>
public sealed record SliceObservation(int TrialId, double At, int Epochs, double Accuracy, double Distance)
{
    internal static IReadOnlyList<SliceObservation> Of(SearchState state, IReadOnlyList<double> through, int parameter) =>
    [
        .. state.Trials
            .Select(trial => (Trial: trial, Distance: DistanceOf(trial.W, through, parameter)))
            .Where(near => near.Distance <= ModelSlice.NearestDistance)
            .SelectMany(near => near.Trial.Measurements.Select(measurement => new SliceObservation(
                near.Trial.Id,
                PictureNumbers.Rounded(near.Trial.W[parameter]),
                measurement.Epochs,
                measurement.Accuracy,
                PictureNumbers.Rounded(near.Distance)))),
    ];

    private static double DistanceOf(IReadOnlyList<double> w, IReadOnlyList<double> through, int parameter) =>
        Math.Sqrt(w.Select((value, axis) => axis == parameter ? 0 : (value - through[axis]) * (value - through[axis])).Sum());
}
