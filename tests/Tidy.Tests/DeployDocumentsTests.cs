using System.Text.RegularExpressions;

namespace Bitcurve.Tidy.Tests;

/// <summary>The guides of deploy/: short, and what they name is there.</summary>
public class DeployDocumentsTests
{
    private const int LongestGuideLines = 90;

    // Those below deploy/sql are about another repository's files.
    public static TheoryData<string> Guides => [.. Repository.Files("deploy", "*.md").Select(file => file.Path).Where(path => Path.GetDirectoryName(path) == "deploy")];

    public static TheoryData<string> YamlFiles => [.. DeployYaml.Paths];

    [Theory]
    [MemberData(nameof(YamlFiles))]
    public void Yaml_Parses(string path) => Assert.NotEmpty(DeployYaml.Documents(path));

    [Theory]
    [MemberData(nameof(Guides))]
    public void Guide_NamesOnlyFilesThatExist(string path)
    {
        var text = Repository.Read(path);

        // What the guides make is not there before.
        var named = Regex.Matches(text, @"(?<![\w/.-])((?:src|deploy)/[\w./-]*\w)").Select(match => match.Groups[1].Value).Where(name => !name.Contains("secrets", StringComparison.Ordinal));
        Assert.All(named, name => Assert.True(Path.Exists(Path.Combine(Repository.Root, name)), $"{path} names {name}, which is not there"));
        Assert.All(
            Regex.Matches(text, @"\]\(([\w./-]+)\)").Select(match => match.Groups[1].Value),
            link => Assert.True(File.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, link)), $"{path} links to {link}, which is not there"));
    }

    [Theory]
    [MemberData(nameof(Guides))]
    public void Guide_IsAPage(string path) => Assert.InRange(Repository.Read(path).Split('\n').Length, 1, LongestGuideLines);

    [Fact]
    public void Index_NamesEveryFolderAndGuide()
    {
        var index = Repository.Read("deploy/README.md");
        var folder = Path.Combine(Repository.Root, "deploy");
        Assert.All(Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Where(name => name != "secrets"), name => Assert.Contains($"`deploy/{name}`", index));
        Assert.All(Directory.EnumerateFiles(folder, "*.md").Select(path => Path.GetFileName(path)).Where(name => name != "README.md"), name => Assert.Contains($"({name})", index));
    }

    // The version that the image pins is the one that the guide installs.
    [Fact]
    public void Guide_InstallsTheImagesTorch()
    {
        var version = Regex.Match(Repository.Read("deploy/docker/worker-cuda.Dockerfile"), @"TORCH_VERSION=([\d.]+)").Groups[1].Value;
        Assert.Contains($"torch=={version}\n", Repository.Read("deploy/add-a-gpu-machine.md"));
    }
}
