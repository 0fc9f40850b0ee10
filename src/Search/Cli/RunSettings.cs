using System.Globalization;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Workloads;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Agent;

namespace Bitcurve.Search.Cli;

/// <summary>What <c>bitcurve run</c> was asked for, as given; <see cref="Define"/> checks it.</summary>
internal sealed record RunSettings
{
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

        if (Threads < 1)
        {
            throw new ArgumentException($"--threads: expected 1 or more, actual {Threads}");
        }

        Request.Check();
        CheckDevice();
        var workload = Models.Workloads.Workload.Open(Request.Workload, Weights, BaselineEpochs);
        workload.Check();
        return workload;
    }

    internal SearchDefinition Define(Workload workload) => Request.Define("run", TrainingWorker.Describe(workload));

    // Parsed here, not by the tensor library: its device class would start CUDA, or end the process, on a wrong name.
    private void CheckDevice()
    {
        const string cuda = "cuda:";
        if (Device == "cpu")
        {
            return;
        }

        var devices = TorchSharp.torch.cuda.is_available() ? TorchSharp.torch.cuda.device_count() : 0;
        var named = Device.StartsWith(cuda, StringComparison.Ordinal) && int.TryParse(Device.AsSpan(cuda.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < devices;
        if (!named)
        {
            var known = string.Join(", ", Enumerable.Range(0, devices).Select(k => $"{cuda}{k}").Prepend("cpu"));
            throw new ArgumentException($"--device: expected one of this machine's devices ({known}), actual '{Device}'");
        }
    }

    private static string Clean(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');
}
