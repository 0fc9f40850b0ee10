namespace Bitcurve.Tidy.Tests;

/// <summary>Who may know whom (ARCHITECTURE.md): dependencies point inwards.</summary>
public class ArrowsTests
{
    [Theory]
    [InlineData("src/Gp", "using Bitcurve.", "TorchSharp")]
    [InlineData("src/Torch", "using Bitcurve.")]
    [InlineData("src/Models", "System.Net", "Bitcurve.Search", "Bitcurve.Workers", "Orleans", "Bitcurve.Gp")]
    [InlineData("src/Models/Architecture", "TorchSharp", "torch", "using Bitcurve")]
    [InlineData("src/Workers", "Bitcurve.Search", "Bitcurve.Gp")]
    [InlineData("src/Workers/Contracts", "Bitcurve.Models", "TorchSharp")]
    [InlineData("src/Search/Space", "Bitcurve.Models", "TorchSharp", "System.IO", "Bitcurve.Search.Store", "Bitcurve.Search.Hosting")]
    [InlineData("src/Search/Trials", "Bitcurve.Models", "TorchSharp", "Bitcurve.Gp", "Bitcurve.Search.Store", "Bitcurve.Search.Hosting", "Bitcurve.Workers.Agent", "TimeProvider", "File.")]
    [InlineData("src/Search/Choosing", "Bitcurve.Models", "TorchSharp", "Bitcurve.Gp", "Bitcurve.Search.Store", "Bitcurve.Search.Hosting", "Bitcurve.Workers.Agent", "TimeProvider", "File.")]
    [InlineData("src/Search/Selection", "Bitcurve.Models", "TorchSharp", "Bitcurve.Search.Store", "Bitcurve.Search.Hosting", "Bitcurve.Workers.Agent", "TimeProvider", "File.")]
    [InlineData("src/Search/Report", "Bitcurve.Models", "TorchSharp", "Bitcurve.Search.Hosting", "TimeProvider", "File.")]
    [InlineData("src/Search/Telemetry", "Bitcurve.Models", "TorchSharp", "Bitcurve.Search.Hosting", "Bitcurve.Search.Store", "Bitcurve.Search.Api", "Bitcurve.Search.Cli")]
    [InlineData("src/Search/Hosting", "Bitcurve.Models", "TorchSharp", "Bitcurve.Search.Cli", "Bitcurve.Search.Report", "Bitcurve.Search.Api")]
    [InlineData("src/Search/Api", "Bitcurve.Models", "TorchSharp", "Bitcurve.Search.Cli", "Bitcurve.Search.Hosting.Local", "Bitcurve.Workers.Agent")]
    public void Folder_DoesNotReach(string folder, params string[] forbidden)
    {
        foreach (var (path, text) in Repository.CSharp(folder))
        {
            var code = Repository.CodeOnly(text);
            Assert.All(forbidden, word => Assert.False(code.Contains(word, StringComparison.Ordinal), $"{path} must not use {word}"));
        }
    }

    [Fact]
    public void Gp_ReferencesNothingOfOurs() => Assert.DoesNotContain("ProjectReference", Repository.Read("src/Gp/Gp.csproj"));
}
