using Bitcurve.Workers.Agent.Supervision;

namespace Bitcurve.Workers.Tests;

public class SlotSupervisorTests
{
    private readonly ManualTime time = new();
    private readonly List<string> lines = [];

    [Fact]
    public async Task RunAsync_Crashes_StartsAgainWithLongerPauses()
    {
        var starts = 0;
        var running = RunAsync((_, _) => Task.FromResult(++starts < 9 ? 139 : SlotSupervisor.Left));
        foreach (var seconds in (int[])[1, 2, 4, 8, 16, 32, 60, 60])
        {
            await time.UntilSetAsync(TimeSpan.FromSeconds(seconds));
            time.Advance(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal(SlotSupervisor.Left, await running);
        Assert.Equal(9, starts);
        Assert.Equal("cpu: its process ended with exit code 139; the next one starts in 1 s", lines[0]);
    }

    [Fact]
    public async Task RunAsync_CrashAfterLongWork_StartsAgainAtOnce()
    {
        var starts = 0;
        var running = RunAsync((_, _) =>
        {
            starts++;
            time.Advance(TimeSpan.FromMinutes(starts == 3 ? 5 : 0));
            return Task.FromResult(starts < 4 ? 139 : SlotSupervisor.Left);
        });
        foreach (var seconds in (int[])[1, 2, 1])
        {
            await time.UntilSetAsync(TimeSpan.FromSeconds(seconds));
            time.Advance(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal(SlotSupervisor.Left, await running);
    }

    [Fact]
    public async Task RunAsync_UserError_IsNotStartedAgain()
    {
        var starts = 0;

        Assert.Equal(SlotSupervisor.UserError, await RunAsync((_, _) => Task.FromResult(++starts > 0 ? SlotSupervisor.UserError : 0)));
        Assert.Equal(1, starts);
        Assert.Empty(lines);
    }

    [Fact]
    public async Task RunAsync_ToldToLeave_WaitsForEverySlotAndStartsNone()
    {
        using var leave = new CancellationTokenSource();
        var starts = new List<string>();
        var running = new SlotSupervisor(
            async (slot, asked) =>
            {
                starts.Add(slot);
                await Task.Delay(Timeout.InfiniteTimeSpan, time, asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return slot == "cpu" ? 143 : SlotSupervisor.Left;
            },
            time,
            lines.Add).RunAsync(["cpu", "cuda:0"], leave.Token);
        await leave.CancelAsync();

        Assert.Equal(143, await running);
        Assert.Equal(["cpu", "cuda:0"], starts);
    }

    [Fact]
    public async Task RunAsync_ToldToLeaveInAPause_EndsThePause()
    {
        using var leave = new CancellationTokenSource();
        var running = new SlotSupervisor((_, _) => Task.FromResult(139), time, lines.Add).RunAsync(["cpu"], leave.Token);
        await time.UntilSetAsync(TimeSpan.FromSeconds(1));
        await leave.CancelAsync();

        Assert.Equal(SlotSupervisor.Left, await running);
    }

    private Task<int> RunAsync(Func<string, CancellationToken, Task<int>> process) =>
        new SlotSupervisor(process, time, lines.Add).RunAsync(["cpu"], default);
}
