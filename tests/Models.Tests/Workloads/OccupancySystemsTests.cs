using System.IO.Compression;
using Bitcurve.Models.Networks.Occupancy;
using Bitcurve.Models.Tests.Data;
using Bitcurve.Models.Tests.Data.Numpy;
using Bitcurve.Models.Training.Occupancy;
using Bitcurve.Models.Workloads;

namespace Bitcurve.Models.Tests.Workloads;

public sealed class OccupancySystemsTests : IDisposable
{
    // As many points of each shape as the loader keeps.
    private const int SurfaceCount = 2048;
    private const int QueryCount = 4096;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(WorkloadScale.Full, 20)]
    [InlineData(WorkloadScale.Small, 7)]
    public void Layers_OfTheImageEncoder_AreItsConvolutions(WorkloadScale scale, int count)
    {
        var layers = SystemCatalogue.Find("onet-image").Layers(scale);

        Assert.Equal(count, layers.Count);
        Assert.All(layers, layer => Assert.StartsWith("encoder.", layer.Name));
    }

    [Fact]
    public void Layers_OfTheEncoderOfPoints_AreNone()
    {
        Assert.Empty(SystemCatalogue.Find("onet").Layers(WorkloadScale.Full));
    }

    [Fact]
    public void Open_PublishedFolders_ReconstructAndClassifyWithoutParts()
    {
        foreach (var name in new[] { "train", "val", "test" })
        {
            Write(Path.Combine("03001627", name));
            File.WriteAllText(folder.File(Path.Combine("03001627", $"{name}.lst")), name);
        }

        var problem = Assert.IsType<OccupancyProblem>(
            SystemCatalogue.Find("onet").Open(WorkloadScale.Small, new WorkloadDataChoice("onet-npz", folder.Location)).Problem);

        Assert.Equal(OccupancyTasks.Reconstruction | OccupancyTasks.Classification, problem.Architecture.Tasks);
        Assert.Equal(["03001627"], problem.Data.Categories);
        var shape = Assert.Single(problem.Data.Test);
        Assert.Equal((SurfaceCount, QueryCount, 0), (shape.SurfaceCount, shape.QueryCount, shape.Parts.Length));
        Assert.Equal(QueryCount / 2, shape.Occupancies.Sum(value => value));
    }

    // The first half of the queries is inside; where points lie does not matter here.
    private void Write(string shape)
    {
        Directory.CreateDirectory(folder.File(shape));
        byte[] inside = [.. Enumerable.Repeat((byte)0xFF, QueryCount / 16), .. new byte[QueryCount / 16]];
        Write(Path.Combine(shape, "points.npz"), QueryCount, ("occupancies.npy", NumpyBytes.Npy("|u1", $"({inside.Length},)", inside)));
        Write(Path.Combine(shape, "pointcloud.npz"), SurfaceCount, ("normals.npy", Zeros(SurfaceCount)));
    }

    private void Write(string name, int count, (string Name, byte[] Bytes) more) => File.WriteAllBytes(folder.File(name), NumpyBytes.Npz(
        CompressionLevel.Fastest,
        ("points.npy", Zeros(count)),
        ("loc.npy", NumpyBytes.Npy("<f4", "(3,)", new byte[12])),
        ("scale.npy", NumpyBytes.Npy("<f4", "()", BitConverter.GetBytes(1f))),
        more));

    private static byte[] Zeros(int count) => NumpyBytes.Npy("<f4", $"({count}, 3)", new byte[12 * count]);
}
