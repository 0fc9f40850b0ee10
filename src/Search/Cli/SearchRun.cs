using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Report;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Agent;

namespace Bitcurve.Search.Cli;

/// <summary>One <c>bitcurve run</c>: puts host, worker, view and report together.</summary>
internal static class SearchRun
{
    internal static async Task<int> ExecuteAsync(RunSettings settings, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        var workload = settings.OpenWorkload();
        var definition = settings.Define(workload);
        var strategy = new TimedStrategy(StrategyCatalogue.Create(definition), time);
        using var folder = SearchFolder.Open(settings.OutputFolder);
        await using var host = await LocalSearchHost.OpenAsync(folder.Searches, definition, strategy, time, cancellation);
        await host.ResumeAsync(cancellation);
        var earlier = RunTimes.Load(folder.FullPath);
        var hadEnded = host.State.HasEnded;
        RunTimes TimesNow() => hadEnded ? earlier : earlier.Plus(strategy.Elapsed, time.GetElapsedTime(started));
        using var worker = new TrainingWorker(
            new WorkerOptions
            {
                WorkerId = "local",
                Workloads = [workload],
                Device = settings.Device,
                Precision = settings.Precision,
                Threads = settings.Threads,
                Cache = settings.UseCache ? BaselineCache.OfUser() : null,
            },
            host, folder.Artifacts, time);

        using (var view = RunView.Create(host, worker, time, folder.FullPath))
        {
            worker.Happened += happened => RemoveUnneeded(happened, host, folder);
            try
            {
                await worker.RunAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                TimesNow().Save(folder.FullPath);
                view.Interrupted();
                return CommandLine.Interrupted;
            }
        }

        if (host.State.Phase == SearchPhase.Failed)
        {
            throw new SearchFailedException(host.State.EndReason ?? "no reason was given");
        }

        var times = TimesNow();
        times.Save(folder.FullPath);
        var facts = new ReportFacts
        {
            CreatedAt = time.GetUtcNow(),
            ProductVersion = Product.Version,
            FitAndChooseSeconds = times.FitAndChooseSeconds,
            TotalSeconds = times.TotalSeconds,
            DeviceKind = worker.Registration.DeviceKind,
            Threads = settings.Threads,
        };
        var estimated = ModelledReport.Estimate(host.State);
        var report = ModelledReport.Of(host.State, estimated, facts);
        ReportFolder.Write(folder.FullPath, report, estimated.Picture);
        ReportFolder.WriteWeights(folder.FullPath, host.State, folder.Artifacts);
        Console.Out.Write(settings.Json ? ReportJson.Serialize(report) : RunSummary.Of(report, folder.FullPath));
        return CommandLine.Success;
    }

    // Checkpoints of single epochs are worth keeping only until the job's own results are stored.
    private static void RemoveUnneeded(WorkerEvent happened, LocalSearchHost host, SearchFolder folder)
    {
        if (happened is WorkerEvent.Finished)
        {
            folder.Artifacts.RemoveExcept(host.State.ReferencedArtifacts());
        }
    }
}
