using System.Globalization;
using Bitcurve.Models.Data;
using Bitcurve.Models.Series;
using Bitcurve.Models.Training;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>
/// Reconstructing an object's surface from one picture: Chamfer, normal and edge loss after every stage and the sparsity loss, judged by F1 at tau
/// (seed 001, section 4.1).
/// </summary>
public sealed class MeshRefinement(MeshRefinementOptions options, Func<MeshViews> load) : LearningProblem
{
    /// <summary>The harmonic mean of precision and recall at tau, averaged over the shapes.</summary>
    public static readonly Metric F1 = new("F1");

    private readonly Lazy<MeshViews> views = new(load);

    public MeshRefinementOptions Options { get; } = options;

    public MeshViews Views => views.Value;

    public override Metric Metric => F1;

    public override int TrainCount => Views[Split.Train].Count;

    public override int FineTuneCount => TrainCount / 2;

    public override string ContentHash => string.Join(Environment.NewLine, Views.ContentHash, string.Create(
        CultureInfo.InvariantCulture,
        $"{Options.TrainPoints} {Options.EvaluationPoints} {Options.Tau} {Options.Budget} {Options.SparsityWeight} {Options.NormalWeight} {Options.EdgeWeight}"));

    public override IReadOnlyList<QuantizedLayer> Layers => MeshRefineNetwork.Layers(Options.Network);

    /// <exception cref="ArgumentException">A series is asked for.</exception>
    public override MeshRefineNetwork CreateNetwork(SeriesScheme? series = null) => series is null
        ? new MeshRefineNetwork(Options.Network)
        : throw new ArgumentException($"mesh-refine: expected kernels as they are, actual series {series}", nameof(series));

    public override LearningSession Open(TrainableNetwork network, Device device) =>
        new MeshRefinementSession((MeshRefineNetwork)network, Options, Views, device);
}
