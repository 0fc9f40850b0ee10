using Bitcurve.Search.Api;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bitcurve.Api.Tests;

public sealed class TokenTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bitcurve-tokens-");

    private string FilePath => Path.Combine(folder.FullName, "tokens");

    [Fact]
    public void New_HasTheDocumentedForm_AndIsNeverTheSame()
    {
        string[] tokens = [.. Enumerable.Range(0, 100).Select(_ => Token.New())];

        Assert.All(tokens, token => Assert.Matches("^bc_[0-9a-f]{8}_[A-Za-z0-9_-]{43}$", token));
        Assert.Equal(100, tokens.Distinct().Count());
        Assert.Equal(tokens[0].Substring(3, 8), Token.IdOf(tokens[0]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("bc_")]
    [InlineData("xx_01234567_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("bc_0123456G_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("bc_01234567-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("bc_01234567_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("bc_01234567_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void IdOf_AnotherForm_IsNull(string text) => Assert.Null(Token.IdOf(text));

    [Fact]
    public async Task Append_NewFile_HoldsTheHashAloneAndIsTheOwnersAlone()
    {
        string token = await AddAsync(Role.Worker, "gpu-7.lab_a");

        string text = File.ReadAllText(FilePath);
        TokenEntry entry = Assert.Single(TokenFile.Read(FilePath));
        Assert.Equal((Role.Worker, "gpu-7.lab_a", Token.IdOf(token)), (entry.Role, entry.Name, entry.Id));
        Assert.Equal(Token.HashOf(token), entry.Hash);
        Assert.DoesNotContain(token[12..], text);
        Assert.Matches("^worker gpu-7.lab_a [0-9a-f]{8} [0-9a-f]{64} 2024-01-01T00:00:00Z\n$", text);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        }
    }

    [Fact]
    public async Task Append_ManyAtOnce_LosesNone()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(index => Task.Run(() => AddAsync(Role.Viewer, $"viewer-{index}"))));

        Assert.Equal(20, TokenFile.Read(FilePath).Select(entry => entry.Name).Distinct().Count());
    }

    [Fact]
    public async Task Append_LastLineWithoutItsEnd_BeginsANewOne()
    {
        await AddAsync(Role.Admin, "first");
        File.WriteAllText(FilePath, File.ReadAllText(FilePath).TrimEnd());

        await AddAsync(Role.Admin, "second");

        Assert.Equal(["first", "second"], TokenFile.Read(FilePath).Select(entry => entry.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    public async Task Append_NameThatCouldBreakALine_IsRefused(string name)
    {
        var problem = await Assert.ThrowsAsync<ArgumentException>(() => AddAsync(Role.Admin, name));

        Assert.StartsWith("Name: expected 1 to 64 letters, digits", problem.Message);
        Assert.False(File.Exists(FilePath));
    }

    [Theory]
    [InlineData("admin name 01234567 00")]
    [InlineData("boss name 01234567 {hash} 2024-01-01T00:00:00Z")]
    [InlineData("1 name 01234567 {hash} 2024-01-01T00:00:00Z")]
    [InlineData("admin name 0123456 {hash} 2024-01-01T00:00:00Z")]
    [InlineData("admin name 01234567 {hash} soon")]
    public void Read_LineOfAnotherForm_NamesFileAndLineButNotItsContent(string line)
    {
        string secret = new('b', 64);
        File.WriteAllText(FilePath, $"# comment\n\n{line.Replace("{hash}", secret)}\n");

        var problem = Assert.Throws<InvalidDataException>(() => TokenFile.Read(FilePath));

        Assert.Equal($"{FilePath}, line 3: expected ROLE NAME ID SHA256HEX CREATED, actual something else.", problem.Message);
    }

    [Fact]
    public async Task Authority_FileChanges_FollowsItAndKeepsTheLastGoodOne()
    {
        string admin = await AddAsync(Role.Admin, "admin");
        var authority = new TokenAuthority(FilePath, isRequired: false, NullLogger.Instance);
        Assert.Equal(Role.Admin, authority.Find(admin)?.Role);

        string viewer = await AddAsync(Role.Viewer, "viewer");
        Assert.Equal(Role.Viewer, authority.Find(viewer)?.Role);

        string[] lines = File.ReadAllLines(FilePath);
        File.WriteAllText(FilePath, lines[1] + "\n");
        Assert.Null(authority.Find(admin));
        Assert.Equal(Role.Viewer, authority.Find(viewer)?.Role);

        File.WriteAllText(FilePath, "damaged\n");
        Assert.Equal(Role.Viewer, authority.Find(viewer)?.Role);
    }

    [Fact]
    public async Task Authority_RightIdWithAnotherSecret_IsUnknown()
    {
        string token = await AddAsync(Role.Admin, "admin");
        var authority = new TokenAuthority(FilePath, isRequired: true, NullLogger.Instance);

        char last = token[^1] == 'A' ? 'B' : 'A';

        Assert.Null(authority.Find(token[..^1] + last));
        Assert.NotNull(authority.Find(token));
    }

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://192.0.2.1:5080")]
    public void Server_OthersCanReachIt_NeedsAToken(string listen)
    {
        var options = new ServerOptions { Listen = ListenAddress.Parse(listen), TokenFile = FilePath, Engine = "local", Store = "memory" };
        var parts = new ServerParts
        {
            Service = _ => throw new InvalidOperationException("Not needed."),
            Artifacts = new FileArtifactStore(folder.FullName),
            AskStore = _ => Task.CompletedTask,
        };

        var problem = Assert.Throws<ArgumentException>(() => SearchServer.Create(options, parts));

        Assert.Contains("expected a token file with at least one token, actual none", problem.Message);
        Assert.Contains("bitcurve token create", problem.Message);
    }

    [Theory]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://example.org:80")]
    [InlineData("http://127.0.0.1:65536")]
    [InlineData("127.0.0.1:5080")]
    public void Listen_AnotherForm_IsRefused(string text) =>
        Assert.Contains("expected http://ADDRESS:PORT", Assert.Throws<ArgumentException>(() => ListenAddress.Parse(text)).Message);

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<string> AddAsync(Role role, string name)
    {
        string token = Token.New();
        var created = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await TokenFile.AppendAsync(
            FilePath, new TokenEntry(role, name, Token.IdOf(token)!, Token.HashOf(token), created), TimeProvider.System, CancellationToken.None);
        return token;
    }
}
