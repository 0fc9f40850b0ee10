using System.Diagnostics;
using Bitcurve.Search.Dashboard;

namespace Bitcurve.Search.Tests.Dashboard;

public sealed class ChartModuleTests
{
    /// <summary>Where the build unpacked the module, beside this test's own folder.</summary>
    private static readonly string Room = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../charts/npm"));

    /// <summary>The charts' own tests (src/Search/Dashboard/Charts/test) draw with the real library, without a browser.</summary>
    [Fact]
    public async Task Module_ItsOwnTests_Pass()
    {
        Assert.SkipWhen(ChartBundle.Embedded.Script is null, $"No charts: {ChartBundle.Embedded.Missing}.");
        Assert.SkipUnless(Directory.Exists(Path.Combine(Room, "test")), $"The charts were bundled elsewhere: {Room} is not there.");
        var start = new ProcessStartInfo("node", ["--test", "test/"]) { WorkingDirectory = Room, RedirectStandardOutput = true, RedirectStandardError = true };

        using Process node = Process.Start(start)!;
        Task<string> errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode == 0, output + await errors);
        Assert.Matches(@"# pass [1-9]", output);
    }

    [Fact]
    public void Embedded_AnyBuild_IsEitherThereOrSaysWhyNot()
    {
        ChartBundle bundle = ChartBundle.Embedded;
        Assert.NotEqual(bundle.Script is null, bundle.Missing is null);
        Assert.DoesNotContain('\n', bundle.Missing ?? "");
    }
}
