using System.Security.Cryptography;
using System.Text;
using Bitcurve.Search.Store;
using Bitcurve.Search.Tests.Hosting;

namespace Bitcurve.Search.Tests.Store;

public sealed class ArtifactUploadTests : IDisposable
{
    private const int MaximumBytes = 1000;
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("weights of a network");
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Content));
    private readonly TemporaryFolder folder = new();
    private readonly FileArtifactStore artifacts;

    public ArtifactUploadTests() => artifacts = new FileArtifactStore(folder.FullPath, maximumUploadBytes: MaximumBytes);

    [Fact]
    public async Task AppendUpload_InTwoParts_StoresTheWhole()
    {
        Assert.Equal(0, artifacts.UploadedBytes(Hash));
        Assert.Equal(new UploadState(UploadOutcome.Unfinished, 7), await AppendAsync(0, Content[..7]));
        Assert.Equal(7, artifacts.UploadedBytes(Hash));
        Assert.False(artifacts.Contains(Hash));

        Assert.Equal(new UploadState(UploadOutcome.Complete, Content.Length), await AppendAsync(7, Content[7..]));

        Assert.Equal(Content, Read());
        Assert.Equal(0, artifacts.UploadedBytes(Hash));
    }

    [Fact]
    public async Task AppendUpload_BodyThatBreaks_KeepsWhatArrivedAlsoOverARestart()
    {
        await Assert.ThrowsAsync<IOException>(
            () => artifacts.AppendUploadAsync(Hash, 0, Content.Length, new BrokenStream(Content[..9]), None));

        var restarted = new FileArtifactStore(folder.FullPath);
        restarted.RemoveUnfinished();
        Assert.Equal(9, restarted.UploadedBytes(Hash));
        UploadState state = await restarted.AppendUploadAsync(Hash, 9, Content.Length, new MemoryStream(Content[9..]), None);
        Assert.Equal(UploadOutcome.Complete, state.Outcome);
        Assert.Equal(Content, Read());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(8)]
    public async Task AppendUpload_AtAnotherOffset_TellsThePresentOne(int offset)
    {
        await AppendAsync(0, Content[..7]);

        Assert.Equal(new UploadState(UploadOutcome.WrongOffset, 7), await AppendAsync(offset, Content[7..]));
        Assert.Equal(7, artifacts.UploadedBytes(Hash));
    }

    [Fact]
    public async Task AppendUpload_OtherContent_IsThrownAwayAndMayStartAgain()
    {
        byte[] other = [.. Content.Reverse()];

        Assert.Equal(new UploadState(UploadOutcome.WrongContent, 0), await AppendAsync(0, other));

        Assert.False(artifacts.Contains(Hash));
        Assert.Empty(Files());
        Assert.Equal(UploadOutcome.Complete, (await AppendAsync(0, Content)).Outcome);
    }

    [Fact]
    public async Task AppendUpload_AfterPartsOfALargerThing_StartsAnew()
    {
        await artifacts.AppendUploadAsync(Hash, 0, MaximumBytes, new MemoryStream(new byte[500]), None);

        Assert.Equal(new UploadState(UploadOutcome.WrongOffset, 0), await AppendAsync(500, []));
        Assert.Equal(UploadOutcome.Complete, (await AppendAsync(0, Content)).Outcome);
    }

    [Fact]
    public async Task AppendUpload_OfAStoredArtifact_IsCompleteWithoutReading()
    {
        artifacts.Put(stream => stream.Write(Content));

        UploadState state = await artifacts.AppendUploadAsync(Hash, 3, Content.Length, new BrokenStream([]), None);

        Assert.Equal(new UploadState(UploadOutcome.Complete, Content.Length), state);
    }

    [Fact]
    public async Task AppendUpload_LongerThanAllowed_IsRefused()
    {
        UploadState state = await artifacts.AppendUploadAsync(Hash, 0, MaximumBytes + 1, new BrokenStream([]), None);

        Assert.Equal(new UploadState(UploadOutcome.TooLarge, 0), state);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task AppendUpload_BodyLongerThanDeclared_ReadsOnlyTheDeclaredLength() =>
        Assert.Equal(UploadOutcome.Complete, (await AppendAsync(0, [.. Content, 1, 2, 3])).Outcome);

    [Fact]
    public async Task AppendUpload_Empty_IsStored()
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData([]));

        UploadState state = await artifacts.AppendUploadAsync(hash, 0, 0, new MemoryStream(), None);

        Assert.Equal(new UploadState(UploadOutcome.Complete, 0), state);
        Assert.True(artifacts.Contains(hash));
    }

    [Fact]
    public async Task AppendUpload_ManyOfOneHashAtOnce_StoreItOnce()
    {
        UploadState[] states = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => AppendAsync(0, Content))));

        Assert.All(states, state => Assert.Equal(new UploadState(UploadOutcome.Complete, Content.Length), state));
        Assert.Equal(Content, Read());
        Assert.Single(Files());
    }

    [Fact]
    public async Task AppendUpload_WhileAnotherHashWaitsForItsBody_IsNotHeldUp()
    {
        var stalled = new StalledStream();
        using var cancellation = new CancellationTokenSource();
        Task<UploadState> waiting = artifacts.AppendUploadAsync(new string('a', 64), 0, 10, stalled, cancellation.Token);
        await stalled.Reached;

        Assert.Equal(UploadOutcome.Complete, (await AppendAsync(0, Content)).Outcome);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    public async Task AppendUpload_NoHash_Throws(string hash)
    {
        var problem = await Assert.ThrowsAsync<ArgumentException>(() => artifacts.AppendUploadAsync(hash, 0, 1, new MemoryStream(), None));

        Assert.Equal($"Artifact: expected 64 lower-case hex digits, actual '{hash}'.", problem.Message);
        Assert.Throws<ArgumentException>(() => artifacts.UploadedBytes(hash));
    }

    [Fact]
    public async Task RemoveUnfinished_UploadOfYesterday_Goes()
    {
        await AppendAsync(0, Content[..7]);
        var tomorrow = new FileArtifactStore(folder.FullPath, time: new ManualTime(TimeProvider.System.GetUtcNow().AddDays(1.1)));

        tomorrow.RemoveUnfinished();

        Assert.Equal(0, tomorrow.UploadedBytes(Hash));
        Assert.Empty(Files());
    }

    [Fact]
    public void RemoveExcept_YoungArtifacts_StayUntilTheyAreOld()
    {
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        var aged = new FileArtifactStore(folder.FullPath, time: time);
        string kept = aged.Put(stream => stream.Write([1]));
        string renewed = aged.Put(stream => stream.Write([2]));
        string again = aged.Put(stream => stream.Write([3]));
        aged.Put(stream => stream.Write([4]));
        time.Advance(TimeSpan.FromHours(2));
        Assert.True(aged.Renew(renewed));
        aged.Put(stream => stream.Write([3]));
        aged.RemoveExcept(new HashSet<string> { kept }, TimeSpan.FromHours(3));
        Assert.Equal(4, Files().Length);

        aged.RemoveExcept(new HashSet<string> { kept }, TimeSpan.FromHours(1));

        Assert.Equal(new[] { again, kept, renewed }.Order(), Files().Select(Path.GetFileName).Order());
        Assert.False(aged.Renew(Hash));
    }

    public void Dispose() => folder.Dispose();

    private Task<UploadState> AppendAsync(long offset, byte[] body) =>
        artifacts.AppendUploadAsync(Hash, offset, Content.Length, new MemoryStream(body), None);

    private string[] Files() => Directory.GetFiles(folder.FullPath, "*", SearchOption.AllDirectories);

    private byte[] Read()
    {
        using Stream stored = artifacts.OpenRead(Hash);
        byte[] bytes = new byte[stored.Length];
        stored.ReadExactly(bytes);
        return bytes;
    }
}
