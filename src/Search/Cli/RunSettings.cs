using Bitcurve.Models.Networks;
using Bitcurve.Models.Workloads;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Agent;

namespace Bitcurve.Search.Cli;

/// <summary>What <c>bitcurve run</c> was asked for, as given; <see cref="Define"/> checks it.</summary>
internal sealed record RunSettings
{
    /// <summary>Id of the one search in a run's folder.</summary>
    internal const string SearchId = "run";

    /// <summary>What to search.</summary>
    internal required SearchRequest Request { get; init; }

    internal string? Output { get; init; }

    internal string? Weights { get; init; }

    internal int? BaselineEpochs { get; init; }

    internal required int Threads { get; init; }

    internal required string Device { get; init; }

    internal ComputePrecision Precision { get; init; }

    internal required bool Json { get; init; }

    internal required bool UseCache { get; init; }

    /// <summary>Where results go unless told otherwise: one folder per workload, space and seed.</summary>
    internal string OutputFolder => Output ?? Path.Combine("runs", $"{Clean(Request.Workload)}-{Clean(Request.Space)}-seed{Request.Seed}");

    /// <exception cref="ArgumentException">Something does not parse or fit.</exception>
    /// <exception cref="Models.Data.DataFormatException">Data or weights are missing, damaged or of another network.</exception>
    internal Workload OpenWorkload()
    {
        if (BaselineEpochs is < 1)
        {
            throw new ArgumentException($"--baseline-epochs: expected 1 or more, actual {BaselineEpochs}");
        }

        _ = DeviceOption.Threads(Threads);
        Request.Check();
        _ = DeviceOption.Parse(Device);
        var workload = Models.Workloads.Workload.Open(Request.Workload, Weights, BaselineEpochs);
        workload.RequireQuantizable();
        workload.Check();
        return workload;
    }

    internal SearchDefinition Define(Workload workload) => Request.Define(SearchId, TrainingWorker.Describe(workload));

    /// <summary>A text as part of a file's name.</summary>
    internal static string Clean(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
}
