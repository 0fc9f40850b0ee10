using Bitcurve.Search.Store;

namespace Bitcurve.Search.Tests.Store;

/// <summary>A disk that is really full: one clear error, and what was saved before stays.</summary>
public sealed class FullDiskTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Append_OnAFullDisk_ThrowsAndKeepsTheLastVersion()
    {
        using var disk = new FullDisk(sizeKb: 1024);
        using var store = new SqliteSearchStore(Path.Combine(disk.FullPath, "search.db"));
        await store.AppendAsync("one", 0, ["first"], None);

        var problem = await Assert.ThrowsAsync<StorageFullException>(() => store.AppendAsync("one", 1, [new string('x', 4_000_000)], None));

        Assert.StartsWith($"No space left to write {disk.FullPath}", problem.Message);
        Assert.Equal(["first"], (await store.LoadAsync("one", None))!.Events);
        await store.AppendAsync("one", 1, ["second"], None);
        Assert.Equal(["first", "second"], (await store.LoadAsync("one", None))!.Events);
    }

    [Fact]
    public async Task Append_TogetherWithOneThatDoesNotFit_Succeeds()
    {
        using var disk = new FullDisk(sizeKb: 1024);
        using var store = new SqliteSearchStore(Path.Combine(disk.FullPath, "search.db"));

        Task large = store.AppendAsync("large", 0, [new string('x', 4_000_000)], None);
        Task[] small = [.. Enumerable.Range(0, 20).Select(number => store.AppendAsync($"{number}", 0, ["1"], None))];

        await Assert.ThrowsAsync<StorageFullException>(() => large);
        await Task.WhenAll(small);
        Assert.Equal(20, (await store.ListAsync(None)).Count);
    }

    [Fact]
    public void Put_OnAFullDisk_ThrowsAndLeavesNothing()
    {
        using var disk = new FullDisk(sizeKb: 256);
        var artifacts = new FileArtifactStore(disk.FullPath);
        string kept = artifacts.Put(stream => stream.Write(new byte[1000]));

        var problem = Assert.Throws<StorageFullException>(() => artifacts.Put(stream => stream.Write(new byte[1_000_000])));

        Assert.StartsWith($"No space left to write {disk.FullPath}", problem.Message);
        string file = Assert.Single(Directory.GetFiles(disk.FullPath, "*", SearchOption.AllDirectories));
        Assert.EndsWith(kept, file);
    }

    [Fact]
    public async Task AppendUpload_OnAFullDisk_Throws()
    {
        using var disk = new FullDisk(sizeKb: 256);
        var artifacts = new FileArtifactStore(disk.FullPath);
        string hash = new('a', 64);

        var problem = await Assert.ThrowsAsync<StorageFullException>(
            () => artifacts.AppendUploadAsync(hash, 0, 1_000_000, new MemoryStream(new byte[1_000_000]), None));

        Assert.StartsWith($"No space left to write {disk.FullPath}", problem.Message);
        Assert.False(artifacts.Contains(hash));
    }
}
