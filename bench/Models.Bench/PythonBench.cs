using System.Diagnostics;
using System.Text.Json;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Weights;
using static TorchSharp.torch;

namespace Bitcurve.Models.Bench;

/// <summary>
/// FP32 step of resnet20, batch 128, against Python's torch on the same libtorch: processes of both alternate, each starts from the same
/// weights and batch, and Python first checks that it computes our logits and our losses. Target: at most 1.1.
/// </summary>
public static class PythonBench
{
    /// <summary>The command of the process that times our own steps.</summary>
    public const string OwnSteps = "resnet20-own-steps";

    private const int WarmUpSteps = 10;
    private const int TimedSteps = 30;
    private const int ComparedSteps = 5;
    private static readonly int[] ThreadCounts = [1, 2];

    /// <param name="arguments">Processes of each kind per thread count (default 5).</param>
    public static int Run(IReadOnlyList<string> arguments)
    {
        var rounds = arguments.Count > 0 ? int.Parse(arguments[0]) : 5;
        var state = Path.Combine(Path.GetTempPath(), $"bitcurve-resnet20-{Environment.ProcessId}.safetensors");
        try
        {
            WriteState(state);
            Console.WriteLine(RunPython("compare", state).Trim());
            Console.WriteLine();
            Console.WriteLine("milliseconds per step: median (min-max); ratio ours to python: of medians, of minima, of processor time");
            Console.WriteLine();
            Console.WriteLine("| threads | ours | python | ratio | processes each |");
            Console.WriteLine("|---|---|---|---|---|");
            var records = ThreadCounts.Select(threads => Measure(state, threads, rounds)).ToList();
            Console.WriteLine();
            records.ForEach(Console.WriteLine);
            return 0;
        }
        finally
        {
            File.Delete(state);
        }
    }

    /// <summary>Prints wall and processor milliseconds of each step as JSON.</summary>
    public static int RunOwnSteps(string stateFile, int threads, int steps)
    {
        set_num_threads(threads);
        using var network = Fresh();
        using (var file = SafetensorsFile.Open(stateFile))
        using (var scope = NewDisposeScope())
        {
            network.Input.copy_(tensor(file.ReadFloat32("bench.input"), network.Input.shape));
        }

        for (var k = 0; k < WarmUpSteps; k++)
        {
            network.Step();
        }

        var times = Enumerable.Range(0, steps).Select(_ => Elapsed.Of(() => network.Step()));
        Console.WriteLine(JsonSerializer.Serialize(times.Select(t => new[] { t.WallMs, t.ProcessorMs })));
        return 0;
    }

    private static string Measure(string state, int threads, int rounds)
    {
        var (own, python) = (new List<Elapsed>(), new List<Elapsed>());
        string[] measured = [state, $"{threads}", $"{TimedSteps}"];
        for (var round = 0; round < rounds; round++)
        {
            own.AddRange(Times(Output(LaunchEnvironment.Started([OwnSteps, .. measured]))));
            python.AddRange(Times(RunPython(["time", .. measured, $"{WarmUpSteps}"])));
        }

        var (ours, theirs) = (new Timings("ours", own), new Timings("python", python));
        Console.WriteLine($"| {threads} | {ours} | {theirs} | {ours.To(theirs)} | {rounds} |");
        return JsonSerializer.Serialize(new
        {
            bench = "resnet20",
            threads,
            processes = rounds,
            stepsEach = TimedSteps,
            milliseconds = new { ours = new { ours.Median, ours.Min, ours.Max, ours.MedianProcessor }, python = new { theirs.Median, theirs.Min, theirs.Max, theirs.MedianProcessor } },
            ratio = ours.To(theirs),
        });
    }

    // Everything that Python needs to repeat our first steps: weights, batch, logits in training mode, and the losses of the steps.
    private static void WriteState(string path)
    {
        using var network = Fresh();
        using var scope = NewDisposeScope();
        var entries = network.Network.state_dict().Where(e => e.Value.dtype == ScalarType.Float32).Select(e => Entry(e.Key, e.Value)).ToList();
        entries.Add(Entry("bench.input", network.Input));
        entries.Add(SafetensorsEntry.FromInt64("bench.target", network.Target.shape, network.Target.data<long>().ToArray()));
        entries.Add(Entry("bench.logits", network.Network.call(network.Input)));
        float[] losses = [.. Enumerable.Range(0, ComparedSteps).Select(_ => (float)network.Step())];
        entries.Add(SafetensorsEntry.FromFloat32("bench.losses", [ComparedSteps], losses));
        SafetensorsWriter.Write(path, entries);
    }

    private static TrainedNetwork Fresh() => new("resnet20", 128, null, QuantizerOptions.Default);

    private static SafetensorsEntry Entry(string name, Tensor values) => SafetensorsEntry.FromFloat32(name, values.shape, values.data<float>().ToArray());

    private static IEnumerable<Elapsed> Times(string json) => JsonSerializer.Deserialize<double[][]>(json)!.Select(t => new Elapsed(t[0], t[1]));

    private static string RunPython(params string[] arguments)
    {
        var interpreter = Environment.GetEnvironmentVariable("PYTHON") ?? "/usr/bin/python3";
        var script = Path.Combine(AppContext.BaseDirectory, "resnet20_step.py");
        return Output(LaunchEnvironment.WithVariables(new ProcessStartInfo(interpreter, arguments.Prepend(script))));
    }

    private static string Output(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)}: expected exit code 0, got {process.ExitCode}");
    }
}
