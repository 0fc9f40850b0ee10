namespace Bitcurve.Search.Cli;

/// <summary>A child's ear for its parent: told to leave, or left alone. Without a parent a child must not live on. Lives as long as its process.</summary>
internal sealed class ParentWatch
{
    // For handing the job back; a native call that hangs must not keep an orphan alive.
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource leave;
    private readonly CancellationTokenSource hurry = new();
    private readonly TextReader parent;
    private Timer? orphaned;

    /// <param name="parent">Its words; ends with it.</param>
    /// <param name="terminated">Another way to be told to leave.</param>
    internal ParentWatch(TextReader parent, CancellationToken terminated)
    {
        this.parent = parent;
        leave = CancellationTokenSource.CreateLinkedTokenSource(terminated);

        // Reading blocks: a thread of its own, which does not keep the process alive.
        new Thread(Listen) { IsBackground = true, Name = "parent" }.Start();
    }

    internal CancellationToken Leave => leave.Token;

    /// <summary>The parent is dead: no grace.</summary>
    internal CancellationToken Hurry => hurry.Token;

    private void Listen()
    {
        if (parent.ReadLine() == WorkerParent.LeaveWord)
        {
            leave.Cancel();
            return;
        }

        hurry.Cancel();
        leave.Cancel();
        orphaned = new Timer(_ => Environment.Exit(CommandLine.UnexpectedError), null, LastMoment, Timeout.InfiniteTimeSpan);
    }
}
