using System.Diagnostics;
using System.Diagnostics.Metrics;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Telemetry;

/// <summary>
/// Spans and times of choosing what to train next. Only somebody who watches is told; the choice itself never depends on them, and without
/// a listener there is no span at all.
/// </summary>
internal static class DecisionInstruments
{
    private static readonly Histogram<double> DecisionDuration =
        SearchTelemetry.Meter.CreateHistogram("bitcurve.decision.duration", "s", "Time to choose one job, the fit of the model included.", advice: Buckets.Decision);

    private static readonly Histogram<double> FitDuration =
        SearchTelemetry.Meter.CreateHistogram("bitcurve.model.fit.duration", "s", "Time to fit the model to all measurements.", advice: Buckets.Decision);

    /// <summary>Asks the strategy, in a span <c>choose</c>.</summary>
    internal static SelectedJob? Choose(ISelectionStrategy strategy, SearchState state)
    {
        string name = state.Definition.Selection.Strategy;
        using Activity? span = SearchTelemetry.Source.StartActivity("choose");
        span?.SetTag(SpanTags.SearchId, state.Definition.Id).SetTag("bitcurve.strategy", name);

        // A request for work that decided something is worth its span, whether it got work or not.
        span?.Parent?.SetTag(SpanTags.Decided, true);
        long started = Stopwatch.GetTimestamp();
        try
        {
            SelectedJob? selected = strategy.Next(state);
            span?.SetTag(SpanTags.Bits, selected?.Bits.ToString()).SetTag(SpanTags.Epochs, selected?.Epochs);
            return selected;
        }
        catch (Exception problem)
        {
            span?.SetStatus(ActivityStatusCode.Error, problem.Message);
            throw;
        }
        finally
        {
            DecisionDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("strategy", name));
        }
    }

    /// <summary>Fits a model, in a span <c>fit</c>.</summary>
    internal static T Fit<T>(SearchState state, Func<T> fit)
    {
        using Activity? span = SearchTelemetry.Source.StartActivity("fit");
        span?.SetTag(SpanTags.SearchId, state.Definition.Id);
        long started = Stopwatch.GetTimestamp();
        T model = fit();
        FitDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        return model;
    }
}
