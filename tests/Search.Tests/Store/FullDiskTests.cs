using Bitcurve.Search.Store;

namespace Bitcurve.Search.Tests.Store;

/// <summary>A disk that is really full: one clear error, and what was saved before stays.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task Save_OnAFullDisk_ThrowsAndKeepsTheLastVersion()
    {
        using var disk = new FullDisk(sizeKb: 1024);
        using var store = new SqliteSearchStore(Path.Combine(disk.FullPath, "search.db"));
        string etag = await store.SaveAsync("one", "first", null, CancellationToken.None);

        var problem = await Assert.ThrowsAsync<StorageFullException>(
            () => store.SaveAsync("one", new string('x', 4_000_000), etag, CancellationToken.None));

        Assert.StartsWith($"No space left to write {disk.FullPath}", problem.Message);
        Assert.Equal(new StoredSearch("first", etag), await store.LoadAsync("one", CancellationToken.None));
        Assert.NotEqual(etag, await store.SaveAsync("one", "second", etag, CancellationToken.None));
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
}
