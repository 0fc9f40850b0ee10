using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Bitcurve.Cluster.Tests;

/// <summary>The stub declares what the grains use and nothing else: what it has too much could only lead astray.</summary>
public sealed class ReferenceStubTests
{
    private static readonly string Root = FindRoot();
    private static readonly string Stub = File.ReadAllText(Path.Combine(Root, "build", "OrleansTypeCheck", "OrleansReferenceStub.cs"));
    private static readonly string Grains = string.Concat(
        Directory.GetFiles(Path.Combine(Root, "src", "Search", "Hosting", "Orleans"), "*.cs").Select(File.ReadAllText));

    public static TheoryData<string> Types => [.. Names(@"\b(?:class|interface|struct|record)\s+(\w+)").Where(name => !name.StartsWith("Stubbed", StringComparison.Ordinal))];

    public static TheoryData<string> Methods => [.. Names(@"[\w>?\]]\s(\w+)(?:<\w+>)?\((?=[^)]*\)\s*(?:=>|where|;))")];

    [Theory]
    [MemberData(nameof(Types))]
    public void Type_IsUsed(string name)
    {
        string attribute = Regex.Replace(name, "Attribute$", "");
        bool holdsExtensions = name.EndsWith("Extensions", StringComparison.Ordinal) || name == "ReferenceStub";

        // A type may be there for the signature of another declaration, or by inference alone.
        int mentions = Regex.Count(Stub, $@"\b{name}\b");
        Assert.True(holdsExtensions || Regex.IsMatch(Grains, $@"\b{attribute}\b") || mentions > 1, $"The stub's {name} is used by no grain.");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Method_IsUsed(string name) =>
        Assert.True(Regex.IsMatch(Grains, $@"\b{name}\b") || name == "NeverRun", $"The stub's {name} is called by no grain.");

    [Fact]
    public void Header_SaysWhatItIs() => Assert.StartsWith("// A REFERENCE STUB FOR TYPE-CHECKING, NEVER RUN.", Stub);

    private static IEnumerable<string> Names(string pattern) => Regex.Matches(Stub, pattern).Select(match => match.Groups[1].Value).Distinct();

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
