using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Bitcurve.Models.Training;
using Bitcurve.Models.Workloads;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static TorchSharp.torch;

namespace Bitcurve.Search.Cli.Eval;

/// <summary><c>bitcurve eval</c>: the accuracy of a network in a file.</summary>
internal static class EvalCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "Packed, ONNX or safetensors; its first bytes tell which." };
    private static readonly Option<string> Data = new("--data") { Description = $"Images: {DataSource.Expected}.", Required = true };
    private static readonly Option<EvaluationSplit> Split = new("--split") { Description = "test or validation.", DefaultValueFactory = _ => EvaluationSplit.Test };
    private static readonly Option<string?> Network = new("--network") { Description = "Network of a safetensors file [default: what the file says]." };
    private static readonly Option<string?> Bits = new("--bits") { Description = "Quantises the weights of a safetensors file, e.g. 65443221 [default: FP32]." };
    private static readonly Option<int> Threads = new("--threads") { Description = "CPU threads.", DefaultValueFactory = _ => Environment.ProcessorCount };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON." };

    internal static Command Create()
    {
        var command = new Command("eval", "Measures the accuracy of a network in a packed, ONNX or safetensors file.") { File, Data, Split, Network, Bits, Threads, Json };
        command.SetAction(parsed =>
        {
            var threads = parsed.GetValue(Threads);
            if (threads < 1)
            {
                throw new ArgumentException($"--threads: expected 1 or more, actual {threads}");
            }

            var source = DataSource.Parse(parsed.GetValue(Data)!);
            var kind = ModelFile.KindOf(parsed.GetValue(File)!);
            set_num_threads(threads);
            using var model = ModelFile.Open(parsed.GetValue(File)!, kind, parsed.GetValue(Network), ParseBits(parsed.GetValue(Bits)), source.Load, threads);
            Print(Measure(model, source, parsed.GetValue(Split), parsed.GetValue(File)!), parsed.GetValue(Json));
        });
        return command;
    }

    private static BitVector ParseBits(string? text) => text is null ? default : BitVector.Parse(text);

    private static Result Measure(ModelFile model, DataSource source, EvaluationSplit split, string file)
    {
        var data = source.Load();
        var images = data[split == EvaluationSplit.Test ? Models.Data.Split.Test : Models.Data.Split.Validation];
        model.RequireFit(images);
        using var batches = new ImageBatches(model.Normalization, CPU);
        var started = TimeProvider.System.GetTimestamp();
        var accuracy = Evaluation.Accuracy(images, batches, model.Logits);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        return new(file, model.Kind.ToString().ToLowerInvariant(), model.Network, source.Name, split.ToString().ToLowerInvariant(), images.Count, accuracy, seconds);
    }

    private static void Print(Result result, bool json) => Console.WriteLine(json
        ? JsonSerializer.Serialize(result, SearchJson.Options)
        : string.Create(CultureInfo.InvariantCulture, $"{result.Network} ({result.Kind}): {RunStatus.Percent(result.Accuracy)} of {result.Images} images ({result.Data}, {result.Split}) in {result.Seconds:0.00} s"));

    private sealed record Result(string File, string Kind, string Network, string Data, string Split, int Images, double Accuracy, double Seconds);
}
