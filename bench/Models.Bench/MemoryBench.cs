using System.Globalization;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Training;
using Bitcurve.Models.Workloads;
using static TorchSharp.torch;

namespace Bitcurve.Models.Bench;

/// <summary>Resident memory and live tensors over quantisation-aware training of vgg8/shapes32, batches and augmentation included.</summary>
public static class MemoryBench
{
    private const int PrintedEverySteps = 200;
    private const double Mebibyte = 1 << 20;
    private const double GrowthLimit = 0.02;

    /// <param name="arguments">Steps, a multiple of 200 (default 2,000).</param>
    /// <returns>1 where, after the first 200 steps, resident memory grew by 2 % or the number of live tensors grew at all; otherwise 0.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var steps = arguments.Count > 0 ? int.Parse(arguments[0]) : 2000;
        using var run = Training();
        var samples = new List<(long ResidentBytes, long Tensors)>();
        var done = 0;
        Console.WriteLine("| step | resident MiB | live tensors | managed heap MiB | allocated managed MiB | collections |");
        Console.WriteLine("|---|---|---|---|---|---|");
        while (done < steps)
        {
            run.TrainEpoch(_ => Count(), CancellationToken.None);
        }

        var first = samples[0];
        var growth = ((double)samples.Max(s => s.ResidentBytes) / first.ResidentBytes) - 1;
        var leaked = samples.Max(s => s.Tensors) - first.Tensors;
        Console.WriteLine();
        Console.WriteLine(FormattableString.Invariant(
            $"largest growth after {PrintedEverySteps} steps: {100 * growth:F2} % (limit {100 * GrowthLimit:F0} %), {leaked} tensors (limit 0)"));
        return growth < GrowthLimit && leaked == 0 ? 0 : 1;

        void Count()
        {
            if (++done % PrintedEverySteps != 0 || done > steps)
            {
                return;
            }

            var (resident, tensors) = (ResidentBytes(), Tensor.TotalCount);
            samples.Add((resident, tensors));
            Console.WriteLine(FormattableString.Invariant(
                $"| {done} | {resident / Mebibyte:F1} | {tensors} | {GC.GetTotalMemory(false) / Mebibyte:F1} | {GC.GetTotalAllocatedBytes() / Mebibyte:F1} | {GC.CollectionCount(0)} |"));
        }
    }

    private static TrainingRun Training()
    {
        var workload = Workload.Open("vgg8/shapes32");
        int[] bits = [.. workload.Layers.Select(_ => 4)];
        return TrainingRun.FineTuning(workload.Problem, workload.FineTuning, bits, QuantizerOptions.Default, seed: 1, CPU);
    }

    // VmRSS counts the native heap too, which the runtime's own counters do not see.
    private static long ResidentBytes()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
