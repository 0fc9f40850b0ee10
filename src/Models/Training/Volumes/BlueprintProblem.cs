using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data.Volumes;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Series;

namespace Bitcurve.Models.Training.Volumes;

/// <summary>A problem for a network that is a blueprint: one tensor in, one out.</summary>
/// <typeparam name="T">What a split consists of.</typeparam>
public abstract class BlueprintProblem<T> : LearningProblem
{
    private readonly Lazy<DataSplits<T>> data;
    private readonly Lazy<Blueprint> blueprint;
    private readonly Lazy<string> contentHash;

    /// <param name="load">Reads or generates the data; called once, when they are first needed.</param>
    /// <param name="describe">The network for the data.</param>
    private protected BlueprintProblem(Func<DataSplits<T>> load, Func<T, Blueprint> describe)
    {
        data = new(load);
        blueprint = new(() => describe(Data.Train));
        contentHash = new(() => ProblemHash.Of(HashedFacts()));
    }

    public DataSplits<T> Data => data.Value;

    public Blueprint Blueprint => blueprint.Value;

    public override int TrainCount => CountOf(Data.Train);

    public override int FineTuneCount => Data.FineTuneCount;

    public override string ContentHash => contentHash.Value;

    public override IReadOnlyList<QuantizedLayer> Layers => QuantizedLayer.AllOf(Blueprint);

    public override TrainableNetwork CreateNetwork(SeriesScheme? series = null) => new BlueprintNetwork(Blueprint, series);

    /// <summary>Samples of one split.</summary>
    private protected abstract int CountOf(T split);

    /// <summary>What decides loss and metric, as text.</summary>
    private protected abstract IEnumerable<string> HashedFacts();
}
