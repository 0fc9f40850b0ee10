using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Solids;

namespace Bitcurve.Models.Tests.Data.Solids;

/// <summary>What all procedural data sets of shapes, rooms and clips keep to.</summary>
public sealed class GeneratedDatasetTests
{
    public static TheoryData<string> Names => [.. Hashes.Keys];

    // For each data set the hash of a split of its own: seed, counts (train, validation, test) and threads are given.
    private static Dictionary<string, Func<long, int, int, (string Train, string Test, string All)>> Hashes { get; } = new()
    {
        ["solids"] = (seed, count, threads) => Of(SolidsDataset.Load(Sized(SolidsOptions.Small, seed, count, threads))),
        ["parts"] = (seed, count, threads) => Of(PartsDataset.Load(Sized(PartsOptions.Small with { QueryCount = 64 }, seed, count, threads))),
        ["distances"] = (seed, count, threads) =>
            Of(DistancesDataset.Load(Sized(DistancesOptions.Small with { QueryCount = 64 }, seed, count, threads))),
        ["views"] = (seed, count, threads) => Of(ViewsDataset.Load(Sized(ViewsOptions.Small with { ImageSize = 24 }, seed, count, threads))),
        ["clips"] = (seed, count, threads) => Of(ClipsDataset.Load(Sized(ClipsOptions.Small with { Size = 16 }, seed, count, threads))),
        ["rooms-a"] = (seed, count, threads) => Of(RoomsDataset.Load(Sized(RoomsOptions.Small with { QueryCount = 64 }, seed, count, threads))),
        ["rooms-b"] = (seed, count, threads) =>
            Of(RoomsDataset.Load(Sized(RoomsOptions.Small with { QueryCount = 64, Style = RoomStyle.Living }, seed, count, threads))),
        ["columns"] = (seed, count, threads) => Of(ColumnsDataset.Load(Sized(ColumnsOptions.Small, seed, count, threads))),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Load_AnyNumberOfThreads_GivesTheSameSamples(string name)
    {
        Assert.Equal(Hashes[name](1, 6, 1), Hashes[name](1, 6, 3));
        Assert.NotEqual(Hashes[name](1, 6, 1).Train, Hashes[name](2, 6, 1).Train);
        Assert.NotEqual(Hashes[name](1, 6, 1).Train, Hashes[name](1, 6, 1).Test);
        Assert.Equal(64, Hashes[name](1, 6, 1).All.Length);
    }

    [Theory]
    // Bytes alone: rounding hides the last bits of sines and cosines, in which platforms may differ.
    [InlineData("solids", "1bb27312803cb0ebb4bac0c7c13b6f973e056ad9f2a61c8ab6")]
    [InlineData("clips", "09dc47d3243a2b98be00bb8461f678a4d651ab74886e75864b")]
    public void Load_KnownSeed_GivesTheSamplesOfTheFirstRelease(string name, string expected) =>
        Assert.StartsWith(expected, Hashes[name](1, 6, 1).Train);

    [Fact]
    public void Load_DistancesOutside_AreThoseToTheNearestSurfacePoint()
    {
        DistancesSample sample = DistancesDataset.Load(Sized(DistancesOptions.Small with { SurfaceCount = 10_000 }, 7, 1, 1)).Train[0];
        float[] excess = [.. Enumerable.Range(0, 200).Select(query => Nearest(sample.Surface, sample.Queries, query) - sample.Distances[query])];

        // Samples lie about 0.01 apart; inside, the distance to a surface that is hidden in another part may be less, and those are few.
        Assert.All(excess, value => Assert.InRange(value, -1e-5f, 0.1f));
        Assert.InRange(excess.Count(value => value > 0.02f), 0, 10);
    }

    [Fact]
    public void Load_Clutter_AddsVoxelsAndCutsTakeThem()
    {
        SolidsOptions plain = Sized(SolidsOptions.Small with { MaximumClutter = 0, CutProbability = 0, NoiseProbability = 0 }, 8, 20, 1);

        // Equal streams up to the first of these draws: the same shapes.
        int[] kept = Occupied(plain);
        Assert.All(kept.Zip(Occupied(plain with { CutProbability = 1 })), pair => Assert.InRange(pair.Second, 0, pair.First));
        Assert.True(Occupied(plain with { CutProbability = 1 }).Sum() < 0.95 * kept.Sum());
        Assert.True(Occupied(plain with { MaximumClutter = 4 }).Sum() > 1.01 * kept.Sum());
        // Of 4,096 mostly free voxels one in ten is flipped.
        Assert.Equal(410, Occupied(plain with { NoiseProbability = 0.1 }).Average() - (0.8 * kept.Average()), 20.0);
    }

    [Fact]
    public void Load_ASmallerSplit_IsAPrefixOfALargerOne()
    {
        SolidsSample[] few = [.. SolidsDataset.Load(Sized(SolidsOptions.Small, 3, 4, 1)).Train];
        SolidsSample[] many = [.. SolidsDataset.Load(Sized(SolidsOptions.Small, 3, 9, 1)).Train];

        Assert.Equal(few.Select(sample => sample.Category), many.Take(4).Select(sample => sample.Category));
        Assert.Equal(few.SelectMany(sample => sample.Voxels), many.Take(4).SelectMany(sample => sample.Voxels));
    }

    [Fact]
    public void Load_EqualOptions_SharesTheSamples() =>
        Assert.Same(SolidsDataset.Load(Sized(SolidsOptions.Small, 4, 3, 1)).Train, SolidsDataset.Load(Sized(SolidsOptions.Small, 4, 3, 1)).Train);

    [Fact]
    public void Load_AnyTenSamples_HoldEveryCategoryOnce()
    {
        int[] categories = [.. SolidsDataset.Load(Sized(SolidsOptions.Small, 5, 30, -1)).Train.Select(sample => sample.Category)];
        int[] motions = [.. ClipsDataset.Load(Sized(ClipsOptions.Small with { Size = 4 }, 5, 30, -1)).Train.Select(sample => sample.Motion)];

        Assert.All((int[])[0, 10, 20], start =>
        {
            Assert.Equal(Enumerable.Range(0, 10), categories.Skip(start).Take(10).Order());
            Assert.Equal(Enumerable.Range(0, 10), motions.Skip(start).Take(10).Order());
        });
        Assert.NotEqual(categories.Take(10), categories.Skip(10).Take(10));
    }

    [Fact]
    public void Load_SmallPresets_HaveTheDocumentedForms()
    {
        SolidsSample solid = SolidsDataset.Load(Sized(SolidsOptions.Small, 6, 1, 1)).Train[0];
        PartsSample parts = PartsDataset.Load(Sized(PartsOptions.Small, 6, 1, 1)).Train[0];
        DistancesSample distances = DistancesDataset.Load(Sized(DistancesOptions.Small, 6, 1, 1)).Train[0];
        RoomSample room = RoomsDataset.Load(Sized(RoomsOptions.Small, 6, 1, 1)).Train[0];
        ColumnSample column = ColumnsDataset.Load(Sized(ColumnsOptions.Small, 6, 1, 1)).Train[0];

        Assert.Equal(16 * 16 * 16, solid.Voxels.Length);
        Assert.Equal((1800, 600, 3072, 1024), (parts.Surface.Length, parts.SurfaceLabels.Length, parts.Queries.Length, parts.Occupancies.Length));
        Assert.Equal((32 * 32 * 32, 3072, 1024, 4500), (distances.Voxels.Length, distances.Queries.Length, distances.Distances.Length, distances.Surface.Length));
        Assert.Equal((3072, 6144, 2048, 6144), (room.Points.Length, room.Queries.Length, room.Distances.Length, room.Surface.Length));
        Assert.Equal((2 * 62 * 31 * 31, 62), (column.Grid.Length, column.Labels.Length));
    }

    [Fact]
    public void Load_BadOptions_NameTheValue()
    {
        var error = Assert.Throws<ArgumentException>(() => SolidsDataset.Load(SolidsOptions.Small with { Resolution = 0 }));
        Assert.Equal("Expected Resolution of at least 1, actual 0.", error.Message);

        error = Assert.Throws<ArgumentException>(() => PartsDataset.Load(PartsOptions.Small with { MaximumThreads = 0 }));
        Assert.Equal("Expected MaximumThreads of at least 1, or -1 for all cores, actual 0.", error.Message);

        Assert.Throws<ArgumentException>(() => PartsDataset.Load(PartsOptions.Small with { UniformShare = 2 }));
        Assert.Throws<ArgumentException>(() => ClipsDataset.Load(ClipsOptions.Small with { SmallestNoise = 1 }));
        Assert.Throws<ArgumentException>(() => RoomsDataset.Load(RoomsOptions.Small with { Style = (RoomStyle)7 }));
        Assert.Throws<ArgumentException>(() => ViewsDataset.Load(ViewsOptions.Small with { MaximumAzimuth = -1 }));
    }

    private static int[] Occupied(SolidsOptions options) =>
        [.. SolidsDataset.Load(options).Train.Select(sample => sample.Voxels.Count(voxel => voxel == 1))];

    private static float Nearest(float[] surface, float[] queries, int query)
    {
        var point = new Vector3(queries.AsSpan(3 * query, 3));
        float least = float.PositiveInfinity;
        for (int start = 0; start < surface.Length; start += 3)
        {
            least = MathF.Min(least, Vector3.DistanceSquared(new Vector3(surface.AsSpan(start, 3)), point));
        }

        return MathF.Sqrt(least);
    }

    private static TOptions Sized<TOptions>(TOptions options, long seed, int count, int threads)
        where TOptions : GeneratedOptions =>
        options with { Seed = seed, TrainCount = count, ValidationCount = 1, TestCount = 2, MaximumThreads = threads };

    private static (string Train, string Test, string All) Of<TSample>(SampleSplits<TSample> splits)
        where TSample : ISample =>
        (splits.SplitHash(Split.Train), splits.SplitHash(Split.Test), splits.ContentHash);
}
