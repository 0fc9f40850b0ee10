using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Volumes;
using Bitcurve.Models.Training.Volumes;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Training.Volumes;

[Collection(nameof(GlobalGenerator))]
public class ColumnSegmentationTests
{
    private const int None = LabelledColumns.Unlabelled;

    private static readonly Normalization Bytes = new([0], [1.0 / 255]);

    [Fact]
    public void MeasureAll_KnownLogits_CountsLabelledVoxelsOnly()
    {
        // Logits of class 1 exceed those of class 0 at heights 0 and 1, not at 2.
        var problem = Problem([[0, 1, None], [1, 1, 0]], [[0, 1, None], [0, 1, 1], [1, 0, None]]);
        using var network = problem.CreateNetwork();
        using (var scope = NewDisposeScope())
        {
            using var recording = no_grad();
            foreach (var (name, parameter) in network.named_parameters())
            {
                parameter.copy_(name.EndsWith("bias", StringComparison.Ordinal) ? tensor([0, 0, 1, 1, 1, 0f]) : zeros(parameter.shape));
            }
        }

        using var session = problem.Open(network, CPU);

        // Answers 1, 1, 0: right are (0, 1), (1, 0), (1, 1) and (1, 2) of five voxels; class 0 one of two, class 1 three of three.
        Assert.Equal([("accuracy", 0.8), ("mean class accuracy", 0.75)], session.MeasureAll(Split.Validation).Select(figure => (figure.Name, Math.Round(figure.Value, 12))));

        // Most frequent in training: 0 at height 0, 1 at height 1, 1 at height 2: right are (0, 0), (0, 1), (1, 1) of five.
        Assert.Equal(0.6, session.Trivial(Split.Validation), 12);
    }

    [Fact]
    public void Steps_UnlabelledVoxels_DoNotCount()
    {
        // All logits are equal, so that each labelled voxel costs log 2 whatever its label.
        var problem = Problem([[0, None, None]], [[0, None, None], [1, 0, None], [1, None, None], [0, 1, 1]]);
        using var network = problem.CreateNetwork();
        using (no_grad())
        {
            network.named_parameters().ToList().ForEach(p => p.parameter.zero_());
        }

        Assert.Equal(Math.Log(2), Assert.Single(ProblemChecks.Losses(problem, network, 1, 0)), 5);
    }

    [Fact]
    public void Steps_Gradient_AgreesWithDifferences() =>
        ProblemChecks.GradientsAgree(Problem([[0, 1, 0]], [[0, 1, None], [0, 1, 1], [1, 0, None], [1, 1, 1]]), tolerance: 1e-3);

    [Fact]
    public void Steps_SameKey_GiveTheSameLosses()
    {
        var problem = Problem([[0, 1, 0]], [[0, 1, None], [0, 1, 1], [1, 0, None], [1, 1, 1]]);
        using var network = problem.CreateNetwork();

        Assert.Equal(ProblemChecks.Losses(problem, network, 3, 1), ProblemChecks.Losses(problem, network, 3, 1));
        Assert.NotEqual(ProblemChecks.Losses(problem, network, 3, 1), ProblemChecks.Losses(problem, network, 4, 1));
    }

    [Fact]
    public void Constructor_ColumnWithoutAClass_SaysWhich()
    {
        var error = Assert.Throws<ArgumentException>(() => Columns([[0, 1, 0], [None, None, None]]));

        Assert.Equal("columns, column 1: expected at least one voxel with a class, actual none", error.Message);
    }

    private static ColumnSegmentation Problem(int[][] validation, int[][] train) => new(
        () => new(Columns(train), Columns(validation), Columns(validation), train.Length),
        data => new Blueprint("flat", Block.Chain(new Flatten(), new FullyConnected(6).As("classifier"), new Reshape([2, 3])), data.Samples.Shape),
        Bytes);

    // 1 x 3 x 3 x 3 voxels, drawn.
    private static LabelledColumns Columns(int[][] labels) => new(
        new MemorySamples("columns", [.. labels.Select((_, index) => (byte[])[.. Enumerable.Range(0, 27).Select(k => (byte)new KeyedRandom(index, k).NextInt(2))])], [1, 3, 3, 3]),
        labels,
        ["floor", "wall"]);
}
