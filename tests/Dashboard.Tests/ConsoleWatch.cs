using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Bitcurve.Dashboard.Tests;

/// <summary>What goes wrong in a page without being seen: exceptions, refusals of the content security policy, failed requests.</summary>
internal sealed class ConsoleWatch
{
    private readonly ConcurrentQueue<string> problems = [];
    private readonly ConcurrentBag<string> expected = [];

    internal ConsoleWatch(IPage page)
    {
        page.PageError += (_, error) => problems.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                problems.Enqueue($"{message.Text} ({message.Location})");
            }
        };
    }

    /// <summary>A browser reports every refused request as an error, also one that the test provokes.</summary>
    internal void Expect(int status) => expected.Add($"status of {status} ");

    internal void RequireSilence() =>
        Assert.All(problems, problem => Assert.True(expected.Any(text => problem.Contains(text, StringComparison.Ordinal)), problem));
}
