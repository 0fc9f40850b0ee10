using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data;
using Bitcurve.Models.Training;
using Bitcurve.Models.Workloads;

namespace Bitcurve.Models.Experiments;

/// <summary>Standard, pseudo-3D and depthwise separable convolutions in the same networks (seed 000, Tables 1 and 4).</summary>
public sealed class ConvolutionVariants : Experiment
{
    private static readonly string[] Variants = ["", "-pseudo3d", "-depthwise"];

    // Parameters of convolutions, accuracy (Table 1) or IoU (Table 4) of each network's three variants, as printed.
    private static readonly IReadOnlyList<(string Network, (double Parameters, double Metric)[] Published)> Networks =
    [
        ("vgg13-3d", [(28_261_824, 0.9511), (11_823_819, 0.9512), (1_174_237, 0.9510)]),
        ("vgg16-3d", [(44_189_632, 0.9521), (18_906_827, 0.9493), (1_803_741, 0.9426)]),
        ("vgg19-3d", [(60_117_440, 0.9495), (25_989_835, 0.9461), (2_433_245, 0.9471)]),
        ("rec6", [(4_646_656, 0.614), (2_067_968, 0.591), (201_600, 0.581)]),
        ("resrec6", [(4_646_656, 0.617), (2_067_968, 0.610), (201_600, 0.604)]),
        ("rec16", [(9_404_160, 0.634), (4_185_600, 0.612), (411_520, 0.609)]),
        ("resrec16", [(9_404_160, 0.631), (4_185_600, 0.617), (411_520, 0.615)]),
    ];

    public override string Name => "conv3d-variants";

    public override string Source => "seed 000, Tables 1 and 4";

    public override string Summary => "what pseudo-3D and depthwise separable convolutions save and cost against standard ones";

    public override IReadOnlyList<string> Columns =>
    [
        "parameters of 3D convolutions ↓", "share of the standard's ↓", "parameters ↓", "seconds per epoch ↓", "time against the standard's ↓", "accuracy or IoU ↑", "without input",
    ];

    public override IReadOnlyList<ExperimentRow> Rows(WorkloadScale scale) =>
    [
        .. from entry in Networks
           from variant in Enumerable.Range(0, Variants.Length)
           let published = entry.Published[variant]
           select new ExperimentRow(
               $"{entry.Network}{Variants[variant]}",
               stages => Measure(stages, entry.Network, Variants[variant]),
               [published.Parameters, published.Parameters / entry.Published[0].Parameters, null, null, null, published.Metric, null]),
    ];

    /// <summary>
    /// Weights and biases of the convolutions over three axes and of their norms, as the seed counts them: without the transposed convolutions,
    /// their norms and the last layer of a decoder, which are the same in all variants.
    /// </summary>
    public static long ConvolutionParameters(Blueprint network)
    {
        var (total, last) = (0L, (PlacedBlock?)null);
        foreach (var leaf in network.Top.Leaves.Where(leaf => leaf.Input.Count == 4 && leaf.WeightCount > 0))
        {
            var isCommon = leaf.Block is TransposedConvolution || (leaf.Block is BatchNorm && last?.Block is TransposedConvolution) || leaf.Output.SequenceEqual(network.Top.Output);
            total += isCommon ? 0 : leaf.WeightCount + leaf.BiasCount;
            last = leaf;
        }

        return total;
    }

    private static IReadOnlyList<double?> Measure(ExperimentStages stages, string network, string variant)
    {
        var content = Open(network + variant, stages.Scale);
        var standard = Open(network, stages.Scale);
        var (own, whole) = (BlueprintOf(network + variant, content), ConvolutionParameters(BlueprintOf(network, standard)));
        var time = TimeOf(stages, content, standard);

        // All variants train as long as the standard network.
        using var run = stages.Train(network + variant, content.Problem, standard.Baseline);
        var parameters = ConvolutionParameters(own);
        return
        [
            parameters, (double)parameters / whole, own.ParameterCount, time.SecondsPerEpoch, time.Ratio, run.Evaluate(Split.Test), run.Session.Trivial(Split.Test),
        ];
    }

    private static StepTime TimeOf(ExperimentStages stages, WorkloadContent content, WorkloadContent standard)
    {
        using var own = TrainingRun.FromScratch(content.Problem, standard.Baseline, stages.Seed, stages.Device);
        using var other = TrainingRun.FromScratch(standard.Problem, standard.Baseline, stages.Seed, stages.Device);
        return StepTime.Compare(own, other, standard.Baseline, content.Problem.TrainCount);
    }

    private static WorkloadContent Open(string network, WorkloadScale scale)
    {
        var family = SystemCatalogue.Find(network);
        return family.Open(scale, new WorkloadDataChoice(family.Data[0].Name));
    }

    private static Blueprint BlueprintOf(string network, WorkloadContent content) => content.Problem switch
    {
        Training.Volumes.VolumeClassification classification => classification.Blueprint,
        Training.Volumes.ViewReconstruction reconstruction => reconstruction.Blueprint,
        _ => throw new NotSupportedException($"{network}: expected a network of 3D convolutions, actual {content.Problem.GetType().Name}"),
    };
}
