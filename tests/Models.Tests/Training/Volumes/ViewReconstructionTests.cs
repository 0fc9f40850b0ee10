using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Volumes;
using Bitcurve.Models.Training.Volumes;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Training.Volumes;

[Collection(nameof(GlobalGenerator))]
public class ViewReconstructionTests
{
    private static readonly Normalization Bytes = new([0], [1.0 / 255]);

    [Fact]
    public void MeasureAll_KnownLogits_IsTheMeanIntersectionOverUnion()
    {
        // Eight voxels with the probabilities 0.5 (four times), 0.31, 0.29 and 0.1 (twice): the first five count as filled.
        var problem = Problem([[1, 1, 1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1, 0, 1]], [[1, 1, 0, 0, 0, 0, 0, 0]]);
        using var network = problem.CreateNetwork();
        using (var scope = NewDisposeScope())
        {
            using var recording = no_grad();
            float[] logits = [0, 0, 0, 0, Logit(0.31), Logit(0.29), Logit(0.1), Logit(0.1)];
            foreach (var (name, parameter) in network.named_parameters())
            {
                parameter.copy_(name.EndsWith("bias", StringComparison.Ordinal) ? tensor(logits) : zeros(parameter.shape));
            }
        }

        using var session = problem.Open(network, CPU);
        var figures = session.MeasureAll(Split.Validation);

        // 5/5 and 2/7.
        Assert.Equal("IoU", figures[0].Name);
        Assert.Equal((1 + (2.0 / 7)) / 2, figures[0].Value, 6);
        double[] right = [0.5, 0.5, 0.5, 0.5, 0.31, 0.71, 0.9, 0.9, 0.5, 0.5, 0.5, 0.5, 0.31, 0.29, 0.9, 0.1];
        Assert.Equal(right.Average(p => -Math.Log(p)), figures[1].Value, 5);
    }

    [Fact]
    public void Trivial_IsTheMeanShapeCutWhereTrainingIsBest()
    {
        // Mean: 1, 2/3, 1/3, 0 ...; cut below 2/3 the training shapes have 1/2, 1, 2/3 (mean 0.722), cut at 1 only 1, 1/2, 1/3, cut at 1/3 1/3, 2/3, 1 (mean 0.667).
        var problem = Problem([[1, 1, 0, 0, 0, 0, 0, 1]], [[1, 0, 0, 0, 0, 0, 0, 0], [1, 1, 0, 0, 0, 0, 0, 0], [1, 1, 1, 0, 0, 0, 0, 0]]);
        using var network = problem.CreateNetwork();
        using var session = problem.Open(network, CPU);

        Assert.Equal(2.0 / 3, session.Trivial(Split.Validation), 6);
    }

    [Fact]
    public void Steps_ImageOfAnotherSize_IsScaledLinearly()
    {
        // A network for 2 x 2 pixels that adds them up reads 4 x 4 images: each pixel is the mean of four.
        var problem = Problem([[1, 0, 0, 0, 0, 0, 0, 0]], [[1, 0, 0, 0, 0, 0, 0, 0]], pixels: 4);
        using var network = problem.CreateNetwork();
        using (no_grad())
        {
            network.named_parameters().ToList().ForEach(p => p.parameter.zero_().add_(p.name.EndsWith("weight", StringComparison.Ordinal) ? 0.25 : 0));
        }

        using var session = problem.Open(network, CPU);

        // The mean of 0 .. 15 is 7.5: every logit is that; the error is log(1 + e^7.5) less 7.5 for the one filled of eight.
        Assert.Equal(Math.Log(1 + Math.Exp(7.5)) - (7.5 / 8), session.MeasureAll(Split.Validation)[1].Value, 4);
    }

    [Fact]
    public void Steps_Gradient_AgreesWithDifferences() => ProblemChecks.GradientsAgree(Problem(Four, Four), tolerance: 1e-3);

    [Fact]
    public void Steps_SameKey_GiveTheSameLosses()
    {
        var problem = Problem(Four, [.. Four, .. Four]);
        using var network = problem.CreateNetwork();

        Assert.Equal(ProblemChecks.Losses(problem, network, 3, 1), ProblemChecks.Losses(problem, network, 3, 1));
        Assert.NotEqual(ProblemChecks.Losses(problem, network, 3, 1), ProblemChecks.Losses(problem, network, 4, 1));
    }

    [Fact]
    public void Constructor_ShapeThatFillsNothing_SaysWhich()
    {
        var error = Assert.Throws<ArgumentException>(() => Views([[1, 0, 0, 0, 0, 0, 0, 0], new byte[8]], 2));

        Assert.Equal("voxels, sample 1: expected bytes 0 and 1 with at least one 1, actual none inside", error.Message);
    }

    private static byte[][] Four => [[1, 0, 0, 0, 0, 0, 0, 1], [1, 1, 0, 0, 0, 0, 1, 0], [0, 1, 0, 1, 0, 1, 0, 0], [0, 0, 1, 0, 1, 0, 0, 0]];

    private static float Logit(double probability) => (float)Math.Log(probability / (1 - probability));

    private static ViewReconstruction Problem(byte[][] validation, byte[][] train, int pixels = 2) => new(
        () => new(Views(train, pixels), Views(validation, pixels), Views(validation, pixels), train.Length),
        _ => new Blueprint("flat", Block.Chain(new Flatten(), new FullyConnected(8).As("decoder"), new Reshape([1, 2, 2, 2])), [1, 2, 2]),
        Bytes);

    private static ViewsOfVoxels Views(byte[][] voxels, int pixels) => new(
        new MemorySamples("images", [.. voxels.Select((_, index) => (byte[])[.. Enumerable.Range(0, pixels * pixels).Select(k => (byte)(k + index))])], [1, pixels, pixels]),
        new MemorySamples("voxels", voxels, [1, 2, 2, 2]));
}
