using System.Diagnostics;
using Bitcurve.Workers.Agent;

namespace Bitcurve.Workers.Tests;

public class TensorThreadTests
{
    [Fact]
    public async Task Run_SeveralActions_ShareOneThread()
    {
        using var thread = new TensorThread("test");
        var first = await thread.Run(() => Environment.CurrentManagedThreadId);
        var second = await thread.Run(() => Environment.CurrentManagedThreadId);

        Assert.Equal(first, second);
        Assert.NotEqual(Environment.CurrentManagedThreadId, first);
    }

    [Fact]
    public async Task Run_Throwing_HandsTheExceptionOverAndGoesOn()
    {
        using var thread = new TensorThread("test");

        await Assert.ThrowsAsync<InvalidOperationException>(() => thread.Run(() => throw new InvalidOperationException("no")));
        Assert.Equal(3, await thread.Run(() => 3));
    }

    [Fact]
    public async Task Run_Cancelled_IsACancelledTask()
    {
        using var thread = new TensorThread("test");
        var task = thread.Run(() => throw new OperationCanceledException());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.True(task.IsCanceled);
    }

    [Fact]
    public async Task Run_UnderASpan_SeesTheCallersSpanAndLeavesNone()
    {
        using var thread = new TensorThread("test");
        using (var span = new Activity("caller").Start())
        {
            Assert.Same(span, await thread.Run(() => Activity.Current));
        }

        Assert.Null(await thread.Run(() => Activity.Current));
    }
}
