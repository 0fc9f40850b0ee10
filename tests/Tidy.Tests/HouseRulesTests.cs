using System.Text.RegularExpressions;

namespace Bitcurve.Tidy.Tests;

/// <summary>What a reviewer would otherwise have to repeat.</summary>
public class HouseRulesTests
{
    private const int LongestFileLines = 350;

    [Theory]
    [InlineData(@"\bDateTime(Offset)?\.(Utc)?Now\b", "the time comes in as a TimeProvider or an argument")]
    [InlineData(@"\bnew Random\(\)|\bRandom\.Shared\b", "randomness comes from a seed")]
    [InlineData(@"\basync void\b", "an async method must be awaitable")]
    [InlineData(@"\.Result\b", "blocking on a task can deadlock")]
    [InlineData(@"\bThread\.Sleep\b", "waiting needs an event, not a guess")]
    [InlineData(@"\bNotImplementedException\b", "no stubs")]
    [InlineData(@"catch\s*(\([^)]*\))?\s*\{\s*\}", "an error must not vanish")]
    [InlineData(@"#pragma warning disable", "mend it instead")]
    public void Source_DoesNotUse(string pattern, string because)
    {
        foreach (var (path, text) in Repository.CSharp("src"))
        {
            var match = Regex.Match(Repository.CodeOnly(text), pattern);
            Assert.False(match.Success, $"{path}: '{match.Value}' - {because}");
        }
    }

    [Theory]
    [InlineData(@"Skip\s*=\s*""", "a skipped test needs a reason that is printed when it is skipped")]
    [InlineData(@"\bThread\.Sleep\b|\bTask\.Delay\(\d", "no sleeps in tests")]
    public void Tests_DoNotUse(string pattern, string because)
    {
        foreach (var (path, text) in Repository.CSharp("tests").Where(f => !f.Path.StartsWith(Path.Combine("tests", "Tidy.Tests"), StringComparison.Ordinal)))
        {
            Assert.False(Regex.IsMatch(text, pattern), $"{path}: {because}");
        }
    }

    [Fact]
    public void Files_AreShortEnoughToRead() =>
        Assert.All(Repository.CSharp("src"), file => Assert.True(
            file.Text.Split('\n').Length <= LongestFileLines, $"{file.Path} has {file.Text.Split('\n').Length} lines: which noun is missing?"));

    // src/Torch repeats TorchSharp's names, whatever they are.
    [Fact]
    public void Types_AreNotManagersOrHelpers() =>
        Assert.All(Repository.CSharp("src").Where(f => !f.Path.StartsWith(Path.Combine("src", "Torch"), StringComparison.Ordinal)), file => Assert.False(
            Regex.IsMatch(Repository.CodeOnly(file.Text), @"\b(class|record|struct|interface)\s+\w*(Manager|Helper|Utils|Util)\b"), file.Path));

    [Fact]
    public void Everything_LeavesOpenTasksToTheTracker() =>
        Assert.All(Repository.CSharp("src").Concat(Repository.Files("src", "*.cpp")), file => Assert.False(Regex.IsMatch(file.Text, @"\b(TODO|FIXME|HACK)\b"), file.Path));
}
