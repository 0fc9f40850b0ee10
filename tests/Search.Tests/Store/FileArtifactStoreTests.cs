using System.Security.Cryptography;
using System.Text;
using Bitcurve.Search.Store;

namespace Bitcurve.Search.Tests.Store;

public sealed class FileArtifactStoreTests : IDisposable
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("weights");
    private readonly TemporaryFolder folder = new();

    private FileArtifactStore Artifacts => new(folder.FullPath);

    [Fact]
    public void Put_Bytes_AreFoundByTheirHash()
    {
        string hash = Artifacts.Put(stream => stream.Write(Content));

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Content)), hash);
        Assert.True(Artifacts.Contains(hash));
        Assert.True(File.Exists(folder[Path.Combine(hash[..2], hash)]));
        using Stream stored = Artifacts.OpenRead(hash);
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(stored)));
    }

    [Fact]
    public void Put_WriterThatSeeksAndReads_HashesTheFinalContent()
    {
        string hash = Artifacts.Put(stream =>
        {
            stream.Write(Encoding.UTF8.GetBytes("WEIGHTS"));
            stream.Position = 0;
            stream.Write(Content);
        });

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Content)), hash);
    }

    [Fact]
    public void Put_TheSameTwice_KeepsOneFile()
    {
        Artifacts.Put(stream => stream.Write(Content));
        Artifacts.Put(stream => stream.Write(Content));

        Assert.Single(Directory.GetFiles(folder.FullPath, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Put_WriterThatFails_LeavesNothing()
    {
        Assert.Throws<FormatException>(() => Artifacts.Put(stream =>
        {
            stream.Write(Content);
            throw new FormatException();
        }));

        Assert.Empty(Directory.GetFiles(folder.FullPath, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Put_ManyAtOnce_KeepsOneFile()
    {
        Parallel.For(0, 16, _ => Artifacts.Put(stream => stream.Write(Content)));

        Assert.Single(Directory.GetFiles(folder.FullPath, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("../../../../etc/passwd")]
    [InlineData("")]
    [InlineData("ABCD")]
    public void OpenRead_NoHash_IsNotFound(string name)
    {
        Assert.False(Artifacts.Contains(name));
        var problem = Assert.Throws<FileNotFoundException>(() => Artifacts.OpenRead(name));
        Assert.StartsWith($"Artifact {name}: expected a file below {folder.FullPath}, actual none.", problem.Message);
    }

    [Fact]
    public void OpenRead_DamagedFileWhenVerifying_SaysExpectedAndActual()
    {
        string hash = Artifacts.Put(stream => stream.Write(Content));
        File.WriteAllText(folder[Path.Combine(hash[..2], hash)], "damaged");
        var verifying = new FileArtifactStore(folder.FullPath, verifiesOnRead: true);

        var problem = Assert.Throws<InvalidDataException>(() => verifying.OpenRead(hash));

        Assert.Contains($"expected content with hash {hash}, actual ", problem.Message);
    }

    [Fact]
    public void RemoveUnfinished_LeftoverOfADeadProcess_GoesAndArtifactsStay()
    {
        string hash = Artifacts.Put(stream => stream.Write(Content));
        Directory.CreateDirectory(folder["unfinished"]);
        File.WriteAllText(folder[Path.Combine("unfinished", "half")], "ha");

        Artifacts.RemoveUnfinished();

        Assert.False(Directory.Exists(folder["unfinished"]));
        Assert.True(Artifacts.Contains(hash));
    }

    public void Dispose() => folder.Dispose();
}
