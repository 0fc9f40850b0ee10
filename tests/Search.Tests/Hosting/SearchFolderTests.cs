using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Tests.Store;
using Bitcurve.Search.Tests.Trials;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Hosting;

public sealed class SearchFolderTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    [Fact]
    public void Open_HeldFolder_NamesTheProcess()
    {
        using SearchFolder held = SearchFolder.Open(temporary["run"]);

        var problem = Assert.Throws<SearchFolderInUseException>(() => SearchFolder.Open(temporary["run"]));

        Assert.Equal(
            $"{temporary["run"]} is in use by process {Environment.ProcessId}. Stop that process first, or choose another folder.",
            problem.Message);
    }

    [Fact]
    public void Open_AfterItWasClosed_Succeeds()
    {
        SearchFolder.Open(temporary["run"]).Dispose();

        using SearchFolder again = SearchFolder.Open(temporary["run"]);
        Assert.Equal(temporary["run"], again.FullPath);
    }

    [Fact]
    public async Task Open_WithASearchInIt_GoesOn()
    {
        var strategy = new ScriptedStrategy((4, 0));
        using (SearchFolder folder = SearchFolder.Open(temporary["run"]))
        {
            await using LocalSearchHost host = await HostAsync(folder, strategy);
            JobOrder order = (await host.LeaseAsync(Searches.Worker, CancellationToken.None))!;
            await host.ReportAsync(order, Searches.Success(order), CancellationToken.None);
        }

        using SearchFolder reopened = SearchFolder.Open(temporary["run"]);
        await using LocalSearchHost next = await HostAsync(reopened, strategy);
        Assert.Equal(SearchPhase.Searching, next.State.Phase);
    }

    public void Dispose() => temporary.Dispose();

    private static Task<LocalSearchHost> HostAsync(SearchFolder folder, ISelectionStrategy strategy) => LocalSearchHost.OpenAsync(
        folder.Searches, Searches.Definition(), strategy, new ManualTime(Searches.Start), CancellationToken.None);
}
