using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Bitcurve.Tidy.Tests;

/// <summary>The images of deploy/docker: what they take from the repository is there, what they run as is not root.</summary>
public class DeployImageTests
{
    public static TheoryData<string> Dockerfiles => [.. DeployDockerfile.Paths];

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public void Image_CopiesOnlyWhatTheBuildSees(string path)
    {
        var sources = DeployDockerfile.Read(path).All("COPY")
            .Where(arguments => !arguments.Contains("--from=", StringComparison.Ordinal))
            .SelectMany(arguments => arguments.Split(' ').Where(word => !word.StartsWith("--", StringComparison.Ordinal)).SkipLast(1))
            .ToList();
        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.True(Path.Exists(Path.Combine(Repository.Root, source)), $"{path} copies {source}, which is not there"));
        Assert.All(sources, source => Assert.False(IsIgnored(source), $"{path} copies {source}, which .dockerignore keeps out"));
    }

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public void Image_PublishesAndCompilesWhatIsThere(string path)
    {
        foreach (var run in DeployDockerfile.Read(path).All("RUN"))
        {
            Assert.All(Regex.Matches(run, @"dotnet publish (\S+)"), match => Assert.True(File.Exists(Path.Combine(Repository.Root, match.Groups[1].Value)), $"{path}: {match.Value}"));
            Assert.All(Regex.Matches(run, @"/native/(\S+\.sh)"), match => Assert.True(File.Exists(Path.Combine(Repository.Root, "src/Torch/Native", match.Groups[1].Value)), $"{path}: {match.Value}"));
        }
    }

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public void Image_RunsAsAUserThatIsNotRoot(string path) => Assert.Matches(@"^[1-9]\d*:[1-9]\d*$", DeployDockerfile.Read(path).Last("USER"));

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public void Image_StartsFromTaggedImagesOrItsOwnStages(string path)
    {
        var dockerfile = DeployDockerfile.Read(path);
        var stages = dockerfile.All("FROM").Select(from => Regex.Match(from, @" AS (\S+)$").Groups[1].Value).ToList();
        Assert.All(dockerfile.All("FROM"), from => Assert.Matches(TaggedImage, from.Split(' ')[0]));
        Assert.All(
            dockerfile.All("COPY").SelectMany(copy => Regex.Matches(copy, @"--from=(\S+)")), match => Assert.Contains(match.Groups[1].Value, stages));
    }

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public void Image_HasAHealthCheck(string path)
    {
        var dockerfile = DeployDockerfile.Read(path);
        var check = dockerfile.Words("HEALTHCHECK");
        var installed = string.Concat(dockerfile.LastStage().Select(instruction => $"{instruction.Arguments}\n"));
        Assert.Matches($@"(?m)(?:install [^&]*\b{check[0]}\b|/usr/local/bin/{check[0]}$)", installed);
        Assert.Equal(path.Contains("server", StringComparison.Ordinal), check[^1] == $"http://127.0.0.1:{DeployCommandTests.ServerPort()}/health/ready");
    }

    [Fact]
    public void ServerImage_ExposesTheServersPort() =>
        Assert.Equal(DeployCommandTests.ServerPort(), DeployDockerfile.Read("deploy/docker/server.Dockerfile").Last("EXPOSE"));

    [Theory]
    [InlineData(true, "bitcurve\0worker\0--data\0/data\0", "bitcurve\0worker\0--data\0/data\0--slot\0cpu\0")]
    [InlineData(false, "bitcurve\0worker\0--data\0/data\0", "grep\0-aqs\0-e\0OWN PATTERN\0/proc/1/cmdline\0")]
    [InlineData(false)]
    public async Task WorkerAlive_TellsWhetherAProcessHasADevice(bool alive, params string[] commandLines)
    {
        var path = Path.Combine(Repository.Root, "deploy/docker/worker-alive.sh");
        var pattern = Regex.Match(File.ReadAllText(path), "-e '(.+?)'").Groups[1].Value;
        var processes = Directory.CreateTempSubdirectory("bitcurve-alive");
        try
        {
            foreach (var (number, line) in commandLines.Index())
            {
                File.WriteAllText(Path.Combine(processes.CreateSubdirectory($"{number + 1}").FullName, "cmdline"), line.Replace("OWN PATTERN", pattern, StringComparison.Ordinal));
            }

            using var script = Process.Start("sh", [path, processes.FullName]);
            await script.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(alive, script.ExitCode == 0);
        }
        finally
        {
            processes.Delete(recursive: true);
        }
    }

    // The word by which the health check finds them.
    [Fact]
    public void Worker_NamesTheDeviceOfAProcessAsTheHealthCheckExpects() =>
        Assert.Contains("\"--slot\"", Repository.Read("src/Search/Cli/Worker/WorkerParent.cs"));

    /// <summary>A name, perhaps with its registry and folder, and a tag that is not <c>latest</c>.</summary>
    internal const string TaggedImage = @"^[\w.-]+(?:/[\w.-]+)*:(?!latest$)[\w.-]+$";

    private static bool IsIgnored(string path) => Repository.Read(".dockerignore").Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .Any(line => path == line || path.StartsWith($"{line}/", StringComparison.Ordinal));
}
