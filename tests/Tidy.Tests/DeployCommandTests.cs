using System.Text.RegularExpressions;

namespace Bitcurve.Tidy.Tests;

/// <summary>What deploy/ tells machines and people to run, the executable understands, and the server answers.</summary>
public class DeployCommandTests
{
    [Fact]
    public void Commands_OfEveryKindOfFile_AreUnderstood()
    {
        // Of each kind there is one: a reader of files that finds nothing would find no fault either.
        Assert.Equal(3, DeployCommandLine.OfImages().Count());
        Assert.Equal(4, DeployCommandLine.OfCompose().Count());
        Assert.Equal(3, DeployCommandLine.OfKubernetes().Count());
        Assert.Equal(2, DeployCommandLine.OfUnits().Count());
        Assert.Contains(DeployCommandLine.OfDocuments(), line => line.Words is ["workers", ..]);
        Assert.All(DeployCommandLine.All(), line => Assert.True(line.Fault() is null, $"{line.Where}: bitcurve {string.Join(' ', line.Words)}: {line.Fault()}"));
    }

    [Theory]
    [InlineData("tokne create", "there is no 'bitcurve tokne'")]
    [InlineData("token creat --role admin", "there is no 'bitcurve token creat'")]
    [InlineData("serve --port 80", "'bitcurve serve' has no option --port")]
    [InlineData("serve --data /data sqlite", "'sqlite' belongs to no option")]
    public void Fault_OfAWrongLine_SaysWhatIsWrong(string line, string expected) =>
        Assert.Equal(expected, new DeployCommandLine("here", line.Split(' ')).Fault());

    [Fact]
    public void Roles_OfTokens_AreThoseOfTheServer()
    {
        var roles = Repository.Read("src/Search/Api/Security/Roles.cs");
        Assert.All(
            DeployCommandLine.All().Where(line => line.Words[0] == "token"),
            line => Assert.Matches($@"(?i)\b{line.ValueOf("--role")}\b", roles));
    }

    [Fact]
    public void ListenAddresses_HaveTheServersPort()
    {
        var port = ServerPort();
        Assert.All(DeployCommandLine.All().Select(line => line.ValueOf("--listen")).OfType<string>().Where(address => !address.StartsWith('$')), address => Assert.EndsWith($":{port}", address));
        Assert.All(DeployCommandLine.All().Select(line => line.ValueOf("--server")).OfType<string>().Where(address => !address.StartsWith('$')), address => Assert.EndsWith($":{port}", address));
        foreach (var (path, text) in DeployTexts())
        {
            Assert.All(Regex.Matches(text, @"http://(?:server|\*|search\.example\.com):(\d+)"), match => Assert.True(match.Groups[1].Value == port, $"{path}: {match.Value}, but the server's port is {port}"));
        }
    }

    [Fact]
    public void HealthPaths_AreServed()
    {
        var api = string.Concat(Repository.CSharp("src/Search/Api").Select(file => file.Text));
        var named = DeployTexts().SelectMany(file => Regex.Matches(file.Text, @"(?<!/api)/health/[a-z]+").Select(match => (file.Path, match.Value))).ToList();
        Assert.Contains(named, use => use.Value == "/health/ready");
        Assert.All(named, use => Assert.True(api.Contains($"MapGet(\"{use.Value}\"", StringComparison.Ordinal), $"{use.Path} asks for {use.Value}, which the server does not have"));
    }

    [Fact]
    public void Files_HoldNoSecret()
    {
        foreach (var (path, text) in DeployTexts())
        {
            Assert.False(Regex.IsMatch(text, @"\bbc_[0-9a-f]{8}_"), $"{path} has a token");
            Assert.False(Regex.IsMatch(text, @"(?i)\b(?:password|pwd)=(?!file)\S"), $"{path} has a password");
        }
    }

    /// <summary>The port that the command line has as its default.</summary>
    internal static string ServerPort() => Regex.Match(Repository.Read("src/Search/Cli/Serve/ServeCommand.cs"), @"http://127\.0\.0\.1:(\d+)").Groups[1].Value;

    /// <summary>Seconds that a process of ours may take to end, at most.</summary>
    internal static int LongestEnd() => int.Parse(Regex.Match(Repository.Read("src/Search/Cli/CommandLine.cs"), @"GracePeriod = TimeSpan\.FromSeconds\((\d+)\)").Groups[1].Value);

    private static IEnumerable<(string Path, string Text)> DeployTexts() =>
        Repository.Files("deploy", "*").Where(file => !file.Path.Contains("secrets", StringComparison.Ordinal));
}
