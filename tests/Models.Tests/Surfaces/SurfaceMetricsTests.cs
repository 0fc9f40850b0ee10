using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Tests.Surfaces;

public class SurfaceMetricsTests
{
    [Fact]
    public void Compare_FewPoints_AreTheValuesByHand()
    {
        // To the truth: 0, 1, 3; to the prediction: 0 and 4 (from (0, 4, 0) to the origin).
        Vector3[] predicted = [new(0, 0, 0), new(1, 0, 0), new(0, 0, 3)];
        Vector3[] truth = [new(0, 0, 0), new(0, 4, 0)];
        var metrics = SurfaceMetrics.Compare(predicted, truth);

        Assert.Equal(4.0 / 3, metrics.Accuracy, 1e-7);
        Assert.Equal(2, metrics.Completeness, 1e-7);
        Assert.Equal(5.0 / 3, metrics.ChamferL1, 1e-7);
        Assert.Equal((10.0 / 3) + 8, metrics.ChamferSum, 1e-6);
        Assert.Equal(((10.0 / 3) + 8) / 2, metrics.ChamferL2, 1e-6);
        Assert.Equal(2.0 / 3, metrics.Precision(1.5f), 1e-7);
        Assert.Equal(0.5, metrics.Recall(1.5f), 1e-7);
        Assert.Equal(4.0 / 7, metrics.F1(1.5f), 1e-7);
        Assert.Equal(0, SurfaceMetrics.Compare([Vector3.Zero], [Vector3.One]).F1(0.1f));
    }

    [Fact]
    public void Compare_SpheresSampled_ChamferIsTheDifferenceOfRadii()
    {
        TriangleMesh small = SampledField.Mesh(24, SampledField.Sphere);
        TriangleMesh large = SampledField.Mesh(24, p => SampledField.Sphere(p) - 0.1f);
        Vector3[] a = MeshSampling.Points(small, 10_000, new KeyedRandom(1)).Points;
        Vector3[] b = MeshSampling.Points(large, 10_000, new KeyedRandom(2)).Points;

        // 10,000 points over 4 pi 0.16 lie about 0.007 apart, which adds 0.007^2 / 0.2 = 0.0003.
        Assert.Equal(0.1, SurfaceMetrics.Compare(a, b).ChamferL1, 0.002);
    }

    [Fact]
    public void MeanF1_MissingClass_ScoresZero()
    {
        Vector3[] points = [new(0, 0, 0), new(1, 0, 0), new(2, 0, 0)];

        Assert.Equal(1, SurfaceMetrics.MeanF1(points, [0, 1, 2], points, [0, 1, 2], 0.1f));
        Assert.Equal(1.0 / 3, SurfaceMetrics.MeanF1(points, [0, 2, 1], points, [0, 1, 2], 0.1f), 1e-9);
        // Class 0: precision 1/3, recall 1.
        Assert.Equal(0.5 / 3, SurfaceMetrics.MeanF1(points, [0, 0, 0], points, [0, 1, 2], 0.1f), 1e-9);
        Assert.Throws<ArgumentException>(() => SurfaceMetrics.MeanF1(points, [0], points, [0, 1, 2], 0.1f));
    }

    [Fact]
    public void IoU_Voxels_IsIntersectionOverUnion()
    {
        Assert.Equal(0.5, VoxelMetrics.IoU([0.3f, 0.29f, 0.9f, 0.31f, 0], [1, 1, 1, 0, 0], 0.3f));
        Assert.Equal(1, VoxelMetrics.IoU([0, 0.1f], [0, 0], 0.3f));
        Assert.Equal(0, VoxelMetrics.IoU([1, 0], [0, 1], 0.3f));
        Assert.Contains("Expected 1", Assert.Throws<ArgumentException>(() => VoxelMetrics.IoU([1, 2], [1], 0.5f)).Message);
    }
}
