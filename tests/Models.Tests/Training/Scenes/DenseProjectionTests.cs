using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Tests.Networks.Points;
using Bitcurve.Models.Training.Scenes;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Training.Scenes;

public class DenseProjectionTests
{
    [Fact]
    public void Points_OfASpheresField_LieAllAroundTheSphere()
    {
        var found = new DenseProjection(places => Field(places, reach => (reach - 0.3f).abs()), 0.1f)
            .Points(2000, RandomPoints.Draw(1000, seed: 21), new KeyedRandom(22));

        Assert.Equal(2000, found.Length);
        Assert.All(found, point => Assert.Equal(0.3, point.Length(), 1e-3));
        var octants = found.CountBy(point => (point.X > 0, point.Y > 0, point.Z > 0)).ToList();
        Assert.Equal(8, octants.Count);
        Assert.All(octants, octant => Assert.InRange(octant.Value, 100, 500));
    }

    [Fact]
    public void Points_OfAFieldThatIsNowhereZero_AreNone()
    {
        var found = new DenseProjection(places => Field(places, reach => reach * 0 + 0.2f), 0.1f)
            .Points(100, RandomPoints.Draw(50, seed: 23), new KeyedRandom(24));

        Assert.Empty(found);
    }

    private static (Tensor Places, Tensor Distances) Field(Vector3[] places, Func<Tensor, Tensor> ofReach)
    {
        var positions = tensor(places.SelectMany(place => new[] { place.X, place.Y, place.Z }).ToArray(), [places.Length, 3]).with_requires_grad();
        return (positions, ofReach((positions * positions).sum(1).sqrt()));
    }
}
