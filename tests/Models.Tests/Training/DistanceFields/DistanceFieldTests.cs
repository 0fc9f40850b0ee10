using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Volumes;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Tests.Training.Volumes;
using Bitcurve.Models.Training;
using Bitcurve.Models.Training.DistanceFields;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Training.DistanceFields;

[Collection(nameof(GlobalGenerator))]
public class DistanceFieldTests
{
    [Fact]
    public void Features_OfALinearField_AreExact()
    {
        using var scope = NewDisposeScope();
        float[] point = [0.1f, -0.15f, 0.05f];
        var features = DistanceFieldNetwork.Features([Scale(8), Scale(4)], tensor(point, [1, 1, 3])).data<float>().ToArray();

        // A step of 0.0722 where the grid's edges are at -1 and 1 is half of that where they are at -0.5 and 0.5.
        const float step = (float)DistanceFieldNetwork.Displacement / 2;
        var here = Linear(point[0], point[1], point[2]);
        float[] expected = [here, here - (2 * step), here + (2 * step), here + (3 * step), here - (3 * step), here - (step / 2), here + (step / 2)];

        Assert.Equal(17, features.Length);
        for (var k = 0; k < 7; k++)
        {
            // Single precision of values near 1.
            Assert.Equal(expected[k], features[k], 1e-5f);
            Assert.Equal(expected[k], features[7 + k], 1e-5f);
        }

        Assert.Equal([0.2f, -0.3f, 0.1f], features[14..]);
    }

    [Fact]
    public void Cloud_OfTheExactFieldOfASphere_LiesOnIt()
    {
        using var scope = NewDisposeScope();
        var options = DistanceFieldOptions.Small with { FirstPoints = 200, CloudPoints = 100 };

        // Distance to a sphere of radius 0.3: moving once by the distance ends on it, but the clamp allows 0.1 a step.
        var cloud = new SurfaceProjection(options).Cloud(points => linalg.vector_norm(points, 2, [2]).sub(tensor(0.3f)).abs(), key: 1, CPU);

        Assert.InRange(cloud.Length, 50, 100);
        Assert.All(cloud, point => Assert.Equal(0.3f, point.Length(), 1e-5f));

        // On all sides.
        Assert.All(new[] { -1, 1 }, side => Assert.Contains(cloud, point => side * point.X > 0.2));
    }

    [Fact]
    public void Cloud_OfAFieldThatIsNowhereSmall_IsWhereThePointsAre()
    {
        using var scope = NewDisposeScope();
        var options = DistanceFieldOptions.Small with { FirstPoints = 20, CloudPoints = 10 };

        Assert.Equal(10, new SurfaceProjection(options).Cloud(points => (points.sum(2) * 0).add(1.0), key: 1, CPU).Length);
    }

    [Fact]
    public void Trivial_OnePointSurfaces_IsTheirSquaredDistance()
    {
        FieldShapes Point(float x) => new(new MemorySamples("point", [new byte[512]], [1, 8, 8, 8]), [[0, 0, 0]], [[0.1f]], [[x, 0, 0]]);
        var problem = new DistanceField(() => new(Point(0.1f), Point(0.3f), Point(-0.1f), 1), SmallSpheres.Encoder, 8, SmallSpheres.Options);
        using var network = problem.CreateNetwork();
        using var session = problem.Open(network, CPU);

        Assert.Equal(0, session.Trivial(Split.Train), 6);
        Assert.Equal(0.04, session.Trivial(Split.Validation), 6);
        Assert.Equal(MetricGoal.Minimize, problem.Metric.Goal);
    }

    [Fact]
    public void Steps_SameKey_GiveTheSameLosses()
    {
        var problem = SmallSpheres.Problem(train: 8);
        manual_seed(1);
        using var network = problem.CreateNetwork();

        Assert.Equal(ProblemChecks.Losses(problem, network, 7, 2), ProblemChecks.Losses(problem, network, 7, 2));
        Assert.NotEqual(ProblemChecks.Losses(problem, network, 7, 2), ProblemChecks.Losses(problem, network, 7, 3));
    }

    [Fact]
    public void Measure_Repeated_IsTheSameAndLeavesNoGradients()
    {
        var problem = SmallSpheres.Problem(train: 4);
        manual_seed(1);
        using var network = problem.CreateNetwork();
        using var session = problem.Open(network, CPU);
        network.eval();
        using var recording = no_grad();

        Assert.Equal(session.Measure(Split.Validation), session.Measure(Split.Validation));
        Assert.All(network.named_parameters(), p => Assert.Null(p.parameter.grad));
    }

    [Fact]
    public void Steps_Gradient_AgreesWithDifferences() =>

        // One of the 128 queries at a kink of a ReLU or of the clamp moves a difference by up to 1/128.
        ProblemChecks.GradientsAgree(SmallSpheres.Problem(train: 4), tolerance: 1.0 / 128);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Distance_AtFirst_IsWithinTheClampWhateverTheSeed(long seed)
    {
        manual_seed(seed);
        using var scope = NewDisposeScope();
        using var network = (DistanceFieldNetwork)SmallSpheres.Problem(train: 4).CreateNetwork();
        var distances = network.Distance(network.Encode(zeros([1, 1, 8, 8, 8])), empty([1, 50, 3]).uniform_(-0.5, 0.5)).data<float>().ToArray();

        Assert.All(distances, distance => Assert.InRange(distance, 0.01f, 0.09f));
    }

    [Fact]
    public void Layers_AreNamedAsTheNetworksConvolutions()
    {
        var problem = SmallSpheres.Problem(train: 4);
        using var network = problem.CreateNetwork();

        Assert.Equal(["encoder.conv_in", "encoder.conv_0"], problem.Layers.Select(layer => layer.Name));
        Assert.Equal(problem.Layers.Select(layer => layer.Name), network.Convolutions.Select(convolution => convolution.Name));
    }

    [Fact]
    public void Constructor_DistanceBelowZero_SaysWhere()
    {
        var error = Assert.Throws<ArgumentException>(() => new FieldShapes(new MemorySamples("grids", [new byte[1]], [1, 1, 1, 1]), [[0, 0, 0]], [[-1]], [[0, 0, 0]]));

        Assert.Equal("grids, shape 0: expected finite coordinates and distances of at least 0, actual others", error.Message);
    }

    private static float Linear(float x, float y, float z) => (2 * x) - (3 * y) + (z / 2) + 1;

    // The linear function at the middles of cells: 1 x 1 x z x y x x.
    private static Tensor Scale(int cells)
    {
        float Middle(int cell) => ((cell + 0.5f) / cells) - 0.5f;
        var range = Enumerable.Range(0, cells);
        return tensor([.. from z in range from y in range from x in range select Linear(Middle(x), Middle(y), Middle(z))], [1, 1, cells, cells, cells]);
    }
}
