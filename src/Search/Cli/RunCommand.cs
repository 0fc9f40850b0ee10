using System.CommandLine;
using Bitcurve.Models.Networks;

namespace Bitcurve.Search.Cli;

/// <summary><c>bitcurve run</c>: a whole search in one process.</summary>
internal static class RunCommand
{
    private static readonly Option<string?> Output = new("--out") { Description = "Folder for results [default: runs/WORKLOAD-SPACE-seedN]. The same command goes on where it stopped." };
    private static readonly Option<string?> Weights = new("--weights") { Description = "FP32 weights to start from (.safetensors, PyTorch names) instead of training a baseline." };
    private static readonly Option<int?> BaselineEpochs = new("--baseline-epochs") { Description = "Length of the FP32 training [default: the workload's recipe]." };
    private static readonly Option<bool> NoCache = new("--no-cache") { Description = "Train the FP32 baseline even if it was trained before." };
    private static readonly Option<int> Threads = new("--threads") { Description = "CPU threads.", DefaultValueFactory = _ => Environment.ProcessorCount };
    private static readonly Option<string> Device = new("--device") { Description = "cpu or cuda:N.", DefaultValueFactory = _ => "cpu" };
    private static readonly Option<ComputePrecision> Precision = new("--precision") { Description = "What convolutions multiply in: fp32, or bf16 for speed on devices that have it.", DefaultValueFactory = _ => ComputePrecision.Fp32 };
    private static readonly Option<bool> Json = new("--json") { Description = "Print report.json on standard output instead of a summary." };

    internal static Command Create()
    {
        var command = new Command("run", "Searches bit-widths for a workload: trains the baseline, searches, chooses, verifies, and writes report.html.");
        SearchOptions.AddTo(command);
        Option[] own = [Output, Weights, BaselineEpochs, NoCache, Threads, Device, Precision, Json];
        foreach (var option in own)
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) => SearchRun.ExecuteAsync(Read(parsed), cancellation));
        return command;
    }

    private static RunSettings Read(ParseResult parsed) => new()
    {
        // One device, and decisions that do not depend on how fast it is: two runs decide alike.
        Request = SearchOptions.Read(parsed, costPerDevice: false),
        Output = parsed.GetValue(Output),
        Weights = parsed.GetValue(Weights),
        BaselineEpochs = parsed.GetValue(BaselineEpochs),
        Threads = parsed.GetValue(Threads),
        Device = parsed.GetValue(Device)!,
        Precision = parsed.GetValue(Precision),
        Json = parsed.GetValue(Json),
        UseCache = !parsed.GetValue(NoCache),
    };
}
