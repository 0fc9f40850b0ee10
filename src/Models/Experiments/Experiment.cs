using Bitcurve.Models.Workloads;

namespace Bitcurve.Models.Experiments;

/// <summary>A table of one of the documents as something to run: its rows, each with what it takes to measure it here.</summary>
public abstract class Experiment
{
    /// <summary>As users call it, e.g. <c>onet-joint</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Which table it repeats, e.g. <c>thesis ch. 5, Tables 4 and 6</c>.</summary>
    public abstract string Source { get; }

    /// <summary>What it asks, in one sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>Heads of the figures' columns with an arrow towards the better end, e.g. <c>IoU ↑</c>.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The table's rows, in its order.</summary>
    public abstract IReadOnlyList<ExperimentRow> Rows(WorkloadScale scale);
}

/// <summary>One row of a table.</summary>
/// <param name="Label">As the document calls it.</param>
/// <param name="Measure">Computes its figures for one seed, one per column; null where the row has none.</param>
/// <param name="Published">The document's figures on its own data, for comparison; null where it printed none.</param>
public sealed record ExperimentRow(string Label, Func<ExperimentStages, IReadOnlyList<double?>> Measure, IReadOnlyList<double?>? Published = null);
