using System.CommandLine;
using Bitcurve.Models.Workloads;

namespace Bitcurve.Search.Cli.Train;

/// <summary><c>bitcurve train</c>: one training of one workload, without a search.</summary>
internal static class TrainCommand
{
    private static readonly Option<string> Name = new("--workload") { Description = "NETWORK, or NETWORK/DATA; 'bitcurve workloads' lists them.", Required = true };
    private static readonly Option<string?> Scale = new("--scale") { Description = $"Size of network and data: {WorkloadName.ScaleNames} [default: what the workload's name says, or full]." };
    private static readonly Option<int?> Epochs = new("--epochs") { Description = "Length of the training [default: the workload's recipe]." };
    private static readonly Option<string?> Output = new("--out") { Description = "Folder for weights, log and report [default: runs/train-WORKLOAD-seedN]. The same command goes on where it stopped." };
    private static readonly Option<long> Seed = new("--seed") { Description = "Decides everything random but the data.", DefaultValueFactory = _ => 0 };
    private static readonly Option<string?> Bits = new("--bits") { Description = "Quantises the trained network with these bits and fine-tunes it, e.g. 65443221; one digit for all layers." };
    private static readonly Option<int> Threads = new("--threads") { Description = "CPU threads.", DefaultValueFactory = _ => Environment.ProcessorCount };
    private static readonly Option<string> Device = new("--device") { Description = "cpu or cuda:N.", DefaultValueFactory = _ => "cpu" };

    internal static Command Create()
    {
        var command = new Command("train", "Trains one workload and measures it; the last line on standard output is JSON.") { Name, Scale, Epochs, Output, Seed, Bits, Threads, Device };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var device = DeviceOption.Parse(parsed.GetValue(Device)!);
        var threads = DeviceOption.Threads(parsed.GetValue(Threads));
        if (parsed.GetValue(Epochs) is < 1)
        {
            throw new ArgumentException($"--epochs: expected 1 or more, actual {parsed.GetValue(Epochs)}");
        }

        var workload = Workload.Open(WorkloadName.AtScale(parsed.GetValue(Name)!, parsed.GetValue(Scale)), baselineEpochs: parsed.GetValue(Epochs));
        var folder = parsed.GetValue(Output) ?? Path.Combine("runs", $"train-{RunSettings.Clean(workload.Name)}-seed{parsed.GetValue(Seed)}");
        TorchSharp.torch.set_num_threads(threads);
        workload.Check();
        var training = new SingleTraining(workload, folder, parsed.GetValue(Seed), device, line => Console.Error.WriteLine(line));
        var result = training.Run(parsed.GetValue(Bits), cancellation);
        Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(result, SingleTraining.Line));
        return CommandLine.Success;
    }
}
