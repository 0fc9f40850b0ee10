using Bitcurve.Search.Hosting.Local;
using Bitcurve.Workers.Agent;
using Spectre.Console;

namespace Bitcurve.Search.Cli;

/// <summary>Shows a run on standard error: a live picture on a terminal, plain lines elsewhere.</summary>
internal abstract class RunView(RunStatus status) : IDisposable
{
    protected RunStatus Status { get; } = status;

    internal static RunView Create(LocalSearchHost host, TrainingWorker worker, TimeProvider time, string folder)
    {
        var status = new RunStatus(host.State, time);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        RunView view = Console.IsErrorRedirected || !console.Profile.Capabilities.Interactive
            ? new PlainView(status, Console.Error)
            : new LiveView(status, console, time);
        host.SearchChanged += state =>
        {
            status.Apply(state);
            view.Changed();
        };
        worker.Happened += happened =>
        {
            status.Apply(happened);
            view.Saw(happened);
        };
        view.Line($"results in {folder}");
        return view;
    }

    internal void Interrupted() => Line("interrupted; nothing that was measured is lost, the same command goes on");

    public abstract void Dispose();

    /// <summary>The search's state changed.</summary>
    protected abstract void Changed();

    protected abstract void Saw(WorkerEvent happened);

    /// <summary>A line that stays.</summary>
    protected abstract void Line(string text);
}
