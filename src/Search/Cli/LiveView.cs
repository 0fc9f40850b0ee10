using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Agent;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Bitcurve.Search.Cli;

/// <summary>A picture of the run that redraws in place: what is trained now and why, the best so far, budget and time left.</summary>
internal sealed class LiveView : RunView
{
    private const int BarWidth = 30;
    private const int RecentJobs = 8;

    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(250);

    private readonly IAnsiConsole console;
    private readonly Queue<string> recent = [];
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Task drawing;

    internal LiveView(RunStatus status, IAnsiConsole console, TimeProvider time)
        : base(status)
    {
        this.console = console;
        drawing = console.Live(Picture()).StartAsync(context => DrawAsync(context, time));
    }

    public override void Dispose()
    {
        stopping.Cancel();
        drawing.Wait();
        stopping.Dispose();
    }

    protected override void Changed()
    {
    }

    protected override void Saw(WorkerEvent happened)
    {
        if (happened is WorkerEvent.Finished finished)
        {
            var measured = string.Join("  ", finished.Report.Measurements.Select(m => $"[grey]{m.Epochs}:[/] {Status.Metric.Of(m.Accuracy)}"));
            Keep($"{Markup.Escape(RunStatus.Describe(finished.Order)),-34} {measured}{(finished.Report.Failure is { } f ? $"[red]{Markup.Escape(f.Message)}[/]" : "")}");
        }
    }

    protected override void Line(string text) => Keep(Markup.Escape(text));

    private async Task DrawAsync(LiveDisplayContext context, TimeProvider time)
    {
        while (!stopping.IsCancellationRequested)
        {
            context.UpdateTarget(Picture());
            await Task.WhenAny(Task.Delay(RefreshInterval, time, stopping.Token));
        }

        context.UpdateTarget(Picture());
    }

    private void Keep(string markup)
    {
        lock (gate)
        {
            recent.Enqueue(markup);
            if (recent.Count > RecentJobs)
            {
                recent.Dequeue();
            }
        }
    }

    private IRenderable Picture()
    {
        var definition = Status.State.Definition;
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        grid.AddRow("[bold]bitcurve[/]", $"{Markup.Escape(definition.Workload.Name)}, {definition.Space}, seed {definition.Seed}: [bold]{Status.Phase}[/] [grey]{RunStatus.Clock(Status.Elapsed.TotalSeconds)}[/]");
        AddNow(grid);
        AddBest(grid);
        AddBudget(grid);
        lock (gate)
        {
            if (recent.Count > 0)
            {
                grid.AddRow("[grey]done[/]", string.Join('\n', recent));
            }
        }

        return new Panel(grid).BorderColor(Color.Grey).Expand();
    }

    private void AddNow(Grid grid)
    {
        if (Status.Order is not { } order)
        {
            grid.AddRow("[grey]now[/]", Status.State.HasEnded ? "finished" : "choosing what to train next");
            return;
        }

        var last = order.EvaluateAt[^1];
        var share = Status.StepsPerEpoch == 0 || last == order.StartEpochs
            ? 0
            : Math.Clamp((Status.Epochs - order.StartEpochs + ((double)Status.Steps / Status.StepsPerEpoch)) / (last - order.StartEpochs), 0, 1);
        var loss = Status.Loss is { } value ? FormattableString.Invariant($", loss {value:0.000}") : "";
        grid.AddRow("[grey]now[/]", $"[bold]{Markup.Escape(RunStatus.Describe(order))}[/]  {Bar(share)} epoch {Status.Epochs} of {last}{loss}");
        if (Status.Decision is { } decision)
        {
            var expects = decision is { PosteriorMean: { } mean, PosteriorDeviation: { } deviation }
                ? $"\nthe model expects {Status.Metric.Of(mean, deviation)} after {Status.State.Definition.TargetEpochs} epochs"
                : "";
            grid.AddRow("[grey]why[/]", Markup.Escape(decision.Reason + expects));
        }
    }

    private void AddBest(Grid grid)
    {
        if (Status.Best is not { } best)
        {
            return;
        }

        var definition = Status.State.Definition;
        var effective = EffectiveAccuracy.Of(best.Accuracy, best.Scale, best.Bits, definition.Choosing.BitsPerAccuracy);
        grid.AddRow("[grey]best[/]", FormattableString.Invariant(
            $"[bold green]{LevelText.Of(definition.Space.Subject, best.Bits)}[/] {Markup.Escape(Status.Metric.Named(best.Accuracy))} after {best.Epochs} epochs (FP32 {Status.Metric.Of(Status.State.Baseline!.Accuracy)}), {best.Size.MemoryBytes / 1000.0:0.#} KB, effective {(Status.Metric.IsFraction ? FormattableString.Invariant($"{100 * effective:0.0}") : Status.Metric.Of(effective))}"));
    }

    private void AddBudget(Grid grid)
    {
        var left = Status.Left is { TotalSeconds: >= 1 } time ? $"  about {RunStatus.Clock(time.TotalSeconds)} left" : "";
        if (Status.State.Phase == SearchPhase.Verifying)
        {
            var (done, planned) = Status.Verification;
            grid.AddRow("[grey]verified[/]", $"{Bar((double)done / Math.Max(1, planned))} {done} of {planned}{left}");
        }
        else
        {
            grid.AddRow("[grey]budget[/]", $"{Bar(CostModel.SpentFraction(Status.State))} {Status.BudgetText}{left}");
        }
    }

    private static string Bar(double share)
    {
        var full = (int)Math.Round(share * BarWidth);
        return $"[green]{new string('━', full)}[/][grey]{new string('╌', BarWidth - full)}[/]";
    }
}
