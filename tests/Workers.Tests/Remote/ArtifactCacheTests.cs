using Bitcurve.Workers.Agent.Remote;

namespace Bitcurve.Workers.Tests.Remote;

public sealed class ArtifactCacheTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("bitcurve-test-").FullName;
    private readonly ManualTime time = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void PutPinned_Throwing_LeavesNothing()
    {
        var cache = Open(1000);

        Assert.Throws<InvalidOperationException>(() => cache.PutPinned(_ => throw new InvalidOperationException()));
        Assert.Empty(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void PutPinned_PastTheSize_RemovesTheLeastRecentlyUsed()
    {
        var cache = Open(250);
        var (first, second) = (Put(cache, 1), Put(cache, 2));
        cache.UnpinAll();
        Use(cache, second);
        Use(cache, first);
        var third = Put(cache, 3);

        Assert.True(cache.Contains(first));
        Assert.False(cache.Contains(second));
        Assert.True(cache.Contains(third));
    }

    [Fact]
    public void PutPinned_PastTheSize_KeepsWhatTheServerLacks()
    {
        var cache = Open(150);
        var (first, second) = (Put(cache, 1), Put(cache, 2));

        Assert.True(cache.Contains(first));
        cache.Unpin(first);
        Put(cache, 3);
        Assert.False(cache.Contains(first));
        Assert.True(cache.Contains(second));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD")]
    public void TryOpen_NoHash_IsRefused(string name)
    {
        var error = Assert.Throws<InvalidDataException>(() => Open(1).TryOpen(name));

        Assert.Equal($"artifact: expected a SHA-256 of 64 lower-case hexadecimal digits, actual '{name}'", error.Message);
    }

    private void Use(ArtifactCache cache, string hash)
    {
        time.Advance(TimeSpan.FromDays(1));
        cache.TryOpen(hash)!.Dispose();
    }

    private string Put(ArtifactCache cache, byte content)
    {
        time.Advance(TimeSpan.FromDays(1));
        return cache.PutPinned(stream => stream.Write(Enumerable.Repeat(content, 100).ToArray()));
    }

    private ArtifactCache Open(long bytes) => new(folder, bytes, time);
}
