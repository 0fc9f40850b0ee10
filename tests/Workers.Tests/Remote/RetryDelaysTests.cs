using System.Net;
using System.Net.Http.Headers;
using Bitcurve.Workers.Agent.Remote;

namespace Bitcurve.Workers.Tests.Remote;

public class RetryDelaysTests
{
    [Theory]
    [InlineData(0, 0.25, 0.5)]
    [InlineData(1, 0.5, 1)]
    [InlineData(5, 8, 16)]
    [InlineData(6, 15, 30)]
    [InlineData(int.MaxValue, 15, 30)]
    public void After_Failures_DoublesUpToHalfAMinute(int failures, double least, double most)
    {
        foreach (var seed in Enumerable.Range(0, 50))
        {
            Assert.InRange(new RetryDelays(seed).After(failures).TotalSeconds, least, most);
        }
    }

    [Fact]
    public void After_TwoWorkers_DoNotWaitAlike() => Assert.NotEqual(new RetryDelays(1).After(3), new RetryDelays(2).After(3));

    [Fact]
    public async Task SendAsync_RetryAfter_WaitsAsLongAsAsked()
    {
        var time = new ManualTime();
        var tries = 0;
        var server = new FakeServer
        {
            Before = _ => ++tries > 1
                ? new HttpResponseMessage(HttpStatusCode.OK)
                : new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(77)) } },
        };
        var sending = server.Connection(time).SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, "server"), (response, _) => Task.FromResult(response.StatusCode), TimeSpan.FromSeconds(30), default);
        await time.UntilSetAsync(TimeSpan.FromSeconds(77));

        Assert.Equal(1, tries);
        time.Advance(TimeSpan.FromSeconds(77));
        Assert.Equal(HttpStatusCode.OK, await sending);
    }
}
