using System.Reflection;
using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Report;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Space;
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
        var model = FinalModel(host.State);
        var facts = new ReportFacts
        {
            CreatedAt = time.GetUtcNow(),
            ProductVersion = Version,
            FitAndChooseSeconds = times.FitAndChooseSeconds,
            TotalSeconds = times.TotalSeconds,
            DeviceKind = worker.Registration.DeviceKind,
            Threads = settings.Threads,
        };
        var report = SearchReportBuilder.Build(
            host.State, model is null ? [] : Predictions(host.State, model), facts, model is null ? null : Calibration(host.State, model));
        ReportFolder.Write(folder.FullPath, report);
        ReportFolder.WriteWeights(folder.FullPath, host.State, folder.Artifacts);
        Console.Out.Write(settings.Json ? ReportJson.Serialize(report) : RunSummary.Of(report, folder.FullPath));
        return CommandLine.Success;
    }

    internal static string Version =>
        typeof(SearchRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    // The model's last word, once all is measured: the report holds its estimates against the verified accuracies.
    private static SurrogateModel? FinalModel(SearchState state) => state.Trials.All(t => t.Measurements.Count == 0)
        ? null
        : SurrogateModel.Fit(state, SurrogateModel.Recall(state.SelectionMemory));

    private static IReadOnlyList<PredictedConfiguration> Predictions(SearchState state, SurrogateModel model)
    {
        var candidates = Candidates.Of(state.Definition.Space);
        return [.. candidates.Zip(model.Predict(candidates), (c, p) => new PredictedConfiguration(c.Bits, p.Mean, p.Deviation))];
    }

    private static IReadOnlyList<ReportedTaskCalibration> Calibration(SearchState state, SurrogateModel model) =>
    [
        .. model.Calibration().Select(figures => new ReportedTaskCalibration(
            state.Definition.Tasks[figures.Task], figures.Count, figures.MeanLogDensity, figures.Coverage90, figures.Coverage50, figures.RootMeanSquareResidual)),
    ];

    // Checkpoints of single epochs are worth keeping only until the job's own results are stored.
    private static void RemoveUnneeded(WorkerEvent happened, LocalSearchHost host, SearchFolder folder)
    {
        if (happened is WorkerEvent.Finished)
        {
            folder.Artifacts.RemoveExcept(host.State.ReferencedArtifacts());
        }
    }
}
