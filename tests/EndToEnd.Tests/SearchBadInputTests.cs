using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>Whatever a user of the client commands does wrong is one line on standard error and exit code 2.</summary>
public sealed class SearchBadInputTests : IClassFixture<PythonService>
{
    private readonly PythonService service;

    public SearchBadInputTests(PythonService service)
    {
        Assert.SkipWhen(PythonWorker.Missing is not null, PythonWorker.Missing ?? "");
        this.service = service;
        File.WriteAllText(service.Scratch.PathOf("wrong-token"), "bc_00000000_wrong\n");
        File.WriteAllText(service.Scratch.PathOf("empty-token"), "\n");
    }

    [Theory]
    [InlineData("search show none", "Search: expected the id of one that exists, actual 'none'.")]
    [InlineData("search watch none", "Search: expected the id of one that exists, actual 'none'.")]
    [InlineData("search report none", "Search: expected the id of one that exists, actual 'none'.")]
    [InlineData("search replay none", "Search: expected the id of one that exists, actual 'none'.")]
    [InlineData("search export none", "Search: expected the id of one that exists, actual 'none'.")]
    [InlineData("search cancel none", "Search: expected the id of one that exists, actual 'none'.")]
    [InlineData("search list --token-file wrong-token", "expected a token of this server (--token-file or BITCURVE_TOKEN_FILE), actual one that it does not know.")]
    [InlineData("workers --token-file wrong-token", "expected a token of this server (--token-file or BITCURVE_TOKEN_FILE), actual one that it does not know.")]
    [InlineData("search list --token-file empty-token", "--token-file empty-token: expected one line with a token, actual an empty file")]
    [InlineData("search list --token-file no-file", "--token-file no-file: expected a file with a token, actual none there")]
    [InlineData("search list --state walking", "--state: expected running, paused, completed, cancelled or failed, actual 'walking'.")]
    [InlineData("search create --workload no/network", "workload: expected", "python/made-up", "actual 'no/network'")]
    [InlineData("search create --workload python/made-up --budget much", "Budget: expected a number and a unit", "actual 'much'")]
    [InlineData("search create --workload python/made-up --cost time", "--cost: expected device or epochs, actual 'time'")]
    [InlineData("search top-up COMPLETED", "Budget: expected --budget TOTAL or --by MORE, actual neither.")]
    [InlineData("search top-up COMPLETED --by 1jobs --budget 9jobs", "Budget: expected --budget TOTAL or --by MORE, actual both.")]
    [InlineData("search top-up COMPLETED --by many", "Budget: expected a number and a unit", "actual 'many'")]
    [InlineData("search top-up COMPLETED --by 3parsecs", "Budget unit: expected", "actual 'parsecs'")]
    [InlineData("search top-up COMPLETED --by 3epochs", "by: expected jobs like the present 5jobs, actual 3epochs")]
    [InlineData("search top-up COMPLETED --budget 1jobs", "Budget: expected at least 5jobs, actual 1jobs.")]
    [InlineData("search extend COMPLETED", "Budget: expected --budget TOTAL or --by MORE, actual neither.")]
    [InlineData("search extend RUNNING --by 10epochs", "Extend: expected a search that has ended", "Top it up instead.")]
    [InlineData("search show", "argument missing", "bitcurve search show --help")]
    [InlineData("search sho COMPLETED", "sho")]
    public async Task Command_WhatCannotBe_IsOneLine(string arguments, params string[] parts)
    {
        string running = arguments.Contains("RUNNING", StringComparison.Ordinal) ? await service.WaitingAsync() : "";
        string[] words = arguments.Replace("COMPLETED", service.Completed).Replace("RUNNING", running).Split(' ');

        AssertRefused(await service.TryAsync(words), parts);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "http://127.0.0.1:1/: expected a server there (bitcurve serve), actual: Connection refused")]
    [InlineData("nowhere", "--server: expected an address such as http://127.0.0.1:5080, actual 'nowhere'")]
    [InlineData("ftp://127.0.0.1", "--server: expected an address")]
    [InlineData("SERVER/health", "Nothing is at GET /health/api/v1/")]
    public async Task Server_ThatIsNone_IsOneLine(string address, string part)
    {
        string server = address.Replace("SERVER", service.Address.TrimEnd('/'));

        AssertRefused(await Executable.RunAsync(service.Scratch, "search", "list", "--server", server), part);
        AssertRefused(await Executable.RunAsync(service.Scratch, "search", "watch", "x", "--server", server), part);
    }

    [Theory]
    [InlineData("200 OK")]
    [InlineData("404 Not Found")]
    public async Task Server_OfSomethingElse_IsOneLine(string status)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task answering = AnswerOnceAsync(listener, $"HTTP/1.1 {status}\r\nContent-Length: 6\r\nConnection: close\r\n\r\n<html>");

        Finished finished = await Executable.RunAsync(service.Scratch, "search", "list", "--server", $"http://{listener.LocalEndpoint}");

        AssertRefused(finished, $"expected an answer of bitcurve, actual {status} of something else.");
        await answering;
    }

    [Fact]
    public async Task Server_ThatWantsATokenAndGetsNone_IsOneLine()
    {
        await Executable.RunAsync(service.Scratch, "token", "create", "--role", "admin", "--token-file", "tokens");
        await using var guarded = await ServerProcess.StartAsync(service.Scratch, "--data", "guarded", "--token-file", "tokens");

        AssertRefused(
            await Executable.RunAsync(service.Scratch, "search", "list", "--server", guarded.Http.BaseAddress!.ToString()),
            "expected a token of this server (--token-file or BITCURVE_TOKEN_FILE), actual none.");
    }

    private static async Task AnswerOnceAsync(TcpListener listener, string answer)
    {
        using Socket client = await listener.AcceptSocketAsync();
        await client.ReceiveAsync(new byte[4096]);
        await client.SendAsync(Encoding.ASCII.GetBytes(answer));
    }

    private static void AssertRefused(Finished finished, params string[] parts)
    {
        Assert.Equal((2, ""), (finished.ExitCode, finished.Output));
        string message = Assert.Single(finished.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("bitcurve: ", message);
        Assert.All(parts, part => Assert.Contains(part, message));
    }
}
