using System.Text.RegularExpressions;

namespace Bitcurve.Tidy.Tests;

public class DocumentsTests
{
    public static TheoryData<string> Documents => ["README.md", "ARCHITECTURE.md", "NOTATION.md", "CHANGELOG.md"];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_NamesOnlyFilesThatExist(string document)
    {
        foreach (Match match in Regex.Matches(Repository.Read(document), @"`((?:src|tests|bench|deploy|build|samples)/[\w./-]*[\w/])`"))
        {
            var path = Path.Combine(Repository.Root, match.Groups[1].Value);
            Assert.True(File.Exists(path) || Directory.Exists(path), $"{document} names {match.Groups[1].Value}, which is not there");
        }
    }

    [Fact]
    public void Readme_StartsWithTheTwoCommands()
    {
        var readme = Repository.Read("README.md");

        Assert.Contains("./bitcurve run", readme);
        Assert.Contains("./test.sh", readme);
        Assert.True(File.Exists(Path.Combine(Repository.Root, "bitcurve")));
        Assert.True(File.Exists(Path.Combine(Repository.Root, "test.sh")));
    }

    [Fact]
    public void Readme_OptionsThatItNames_Exist()
    {
        var command = string.Concat(Repository.CSharp("src/Search/Cli").Select(file => file.Text));
        foreach (Match match in Regex.Matches(Repository.Read("README.md"), @"(?<![\w-])--[a-z][a-z-]+"))
        {
            Assert.True(command.Contains($"\"{match.Value}\"", StringComparison.Ordinal) || match.Value is "--help" or "--version", $"README.md names {match.Value}");
        }
    }
}
