using System.Text.Json;
using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Training;
using TorchSharp;

namespace Bitcurve.Models.Bench;

/// <summary>
/// The time to make a batch (read, pad, crop, flip, normalise) against the time of the FP32 training step that consumes it, in turn within
/// one process, and the two ways to move a batch's pixels: over bytes (the processor's way) and as tensor operations (a device's way).
/// Target: below 5 % of the step of the smallest networks, whose steps are shortest.
/// </summary>
public static class InputBench
{
    private const int ImageCount = 256;
    private static readonly TimeSpan PerCase = TimeSpan.FromSeconds(10);
    private static readonly (string Network, int Size, int BatchSize)[] Cases =
        [("vgg8", 32, 64), ("resnet8", 32, 64), ("vgg8", 224, 16), ("resnet8", 224, 16)];

    /// <param name="arguments">Thread counts as <c>1,2</c> (default), then the device (default <c>cpu</c>).</param>
    public static int Run(IReadOnlyList<string> arguments)
    {
        int[] threadCounts = arguments.Count > 0 ? [.. arguments[0].Split(',').Select(int.Parse)] : [1, 2];
        var device = arguments.Count > 1 ? torch.device(arguments[1]) : torch.CPU;
        Console.WriteLine($"libtorch {torch.__version__}, {device}; milliseconds: median (min-max); batch / step: of medians, of minima, of processor time");
        Console.WriteLine();
        Console.WriteLine("| network | image | batch | threads | make a batch | moves over bytes | moves as tensors | step | batch / step | rounds |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        var records = threadCounts.SelectMany(threads => Cases.Select(c => Measure(c.Network, c.Size, c.BatchSize, threads, device))).ToList();
        Console.WriteLine();
        records.ForEach(Console.WriteLine);
        return 0;
    }

    private static string Measure(string network, int size, int batchSize, int threads, torch.Device device)
    {
        torch.set_num_threads(threads);
        var recipe = TrainingRecipe.CifarFineTuning with { BatchSize = batchSize };
        var images = Noise(size);
        var splits = new ImageSplits(images, images, images, ImageCount, Cifar10.Normalization);
        using var run = TrainingRun.FineTuning(new ImageClassification(network, splits), recipe, [], QuantizerOptions.Default, seed: 1, device);
        using var batches = new ImageBatches(splits.Normalization, device);
        using var stream = Endless(batches, images, recipe).GetEnumerator();
        using var outer = torch.NewDisposeScope();
        stream.MoveNext();
        var (input, target) = stream.Current;
        var moves = recipe.Augmentation.Draw(batchSize, size, size, new KeyedRandom(1));
        var bytes = new byte[batchSize * images.ImageBytes];
        using var raw = torch.tensor(bytes, [batchSize, 3, size, size], device: device);
        var times = Interleaved.Measure(
            [
                ("batch", () => Next(stream)),
                ("bytes", () => MoveBytes(moves, images, batchSize, bytes)),
                ("tensors", () => MoveTensors(moves, raw)),
                ("step", () => Step(run, input, target)),
            ],
            PerCase);
        var (batch, step) = (times[0], times[3]);
        var ratio = batch.To(step);
        Console.WriteLine(FormattableString.Invariant(
            $"| {network} | {size} x {size} | {batchSize} | {threads} | {Fine(batch)} | {Fine(times[1])} | {Fine(times[2])} | {step} | {ratio.Median:P1}, {ratio.Min:P1}, {ratio.Processor:P1} | {batch.Repetitions.Count} |"));
        return JsonSerializer.Serialize(new
        {
            bench = "input",
            network,
            size,
            batchSize,
            threads,
            device = $"{device}",
            rounds = batch.Repetitions.Count,
            milliseconds = times.ToDictionary(t => t.Name, t => new { t.Median, t.Min, t.Max, t.MedianProcessor }),
            ratio,
        });
    }

    private static string Fine(Timings timings) => FormattableString.Invariant($"{timings.Median:F2} ({timings.Min:F2}-{timings.Max:F2})");

    private static ImageDataset Noise(int size)
    {
        var random = new KeyedRandom(1);
        var pixels = new byte[ImageCount * 3 * size * size];
        for (var k = 0; k < pixels.Length; k++)
        {
            pixels[k] = (byte)random.NextBits();
        }

        string[] classes = [.. Enumerable.Range(0, 10).Select(number => $"{number}")];
        return new ImageDataset("noise", pixels, [.. Enumerable.Range(0, ImageCount).Select(k => k % 10)], classes, 3, size, size);
    }

    private static IEnumerable<(torch.Tensor Input, torch.Tensor Target)> Endless(ImageBatches batches, ImageDataset images, TrainingRecipe recipe)
    {
        for (var epoch = 0; ; epoch++)
        {
            foreach (var batch in batches.Shuffled(images, ImageCount, recipe, seed: 1, epoch))
            {
                yield return batch;
            }
        }
    }

    private static void Next(IEnumerator<(torch.Tensor Input, torch.Tensor Target)> stream)
    {
        using var scope = torch.NewDisposeScope();
        stream.MoveNext();
        Finish(stream.Current.Input);
    }

    private static void MoveTensors(PixelMoves moves, torch.Tensor raw)
    {
        using var scope = torch.NewDisposeScope();
        Finish(moves.Apply(raw));
    }

    // A device works behind the caller's back: reading one element waits for it.
    private static void Finish(torch.Tensor tensor)
    {
        for (var dimension = 0; dimension < tensor.ndim; dimension++)
        {
            tensor = tensor.narrow(dimension, 0, 1);
        }

        tensor.to_type(torch.ScalarType.Float32).item<float>();
    }

    private static void MoveBytes(PixelMoves moves, ImageDataset images, int count, Span<byte> output)
    {
        for (var b = 0; b < count; b++)
        {
            moves.Apply(b, images.Image(b), images.Channels, output.Slice(b * images.ImageBytes, images.ImageBytes));
        }
    }

    private static void Step(TrainingRun run, torch.Tensor input, torch.Tensor target)
    {
        using var scope = torch.NewDisposeScope();
        run.Step(() => torch.nn.functional.cross_entropy(((BlueprintNetwork)run.Network).call(input), target));
    }
}
