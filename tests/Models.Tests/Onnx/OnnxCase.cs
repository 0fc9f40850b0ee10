using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Onnx;
using Bitcurve.Models.Packed;
using Bitcurve.Models.Quantization;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Onnx;

/// <summary>Exports networks and runs both sides.</summary>
internal static class OnnxCase
{
    internal static void RequireRuntime() =>
        Assert.SkipUnless(OnnxRuntimeLibrary.IsAvailable, $"ONNX Runtime is not installed; get it with {OnnxRuntimeLibrary.HowToGet}");

    internal static PackedModelInfo Info(BlueprintNetwork network, params int[] shape) => new()
    {
        Network = network.Blueprint.Name,
        Workload = $"{network.Blueprint.Name}/test",
        InputShape = shape.Length > 0 ? shape : network.Blueprint.Input,
        Normalization = new Normalization([.. network.Blueprint.Input.Take(1).SelectMany(channels => Enumerable.Repeat(0.5, channels))], [.. Enumerable.Repeat(0.25, network.Blueprint.Input[0])]),
        ClassNames = [.. Enumerable.Range(0, network.Blueprint.Top.Output[0]).Select(k => $"class {k}")],
    };

    internal static byte[] Export(BlueprintNetwork network, IReadOnlyList<int> bits, PackedModelInfo? info = null, QuantizerOptions? options = null)
    {
        using var file = new MemoryStream();
        OnnxExport.Write(file, network, bits, options ?? QuantizerOptions.Default, info ?? Info(network));
        return file.ToArray();
    }

    /// <summary>Logits by ONNX Runtime, N x K.</summary>
    internal static float[] Run(byte[] model, Tensor images)
    {
        using var session = OnnxSession.Open(model, "exported", threads: 2);
        return session.Run(images.data<float>().ToArray(), images.shape).Logits;
    }

    /// <summary>Logits by the network itself, N x K; 0 bits leave a layer in FP32.</summary>
    internal static float[] Compute(BlueprintNetwork network, IReadOnlyList<int> bits, Tensor images, QuantizerOptions? options = null)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        network.eval();
        using var quantized = new QuantizedNetwork(network, bits, options ?? QuantizerOptions.Default);
        quantized.Requantize(forTraining: false);
        return network.call(images).data<float>().ToArray();
    }

    internal static double LargestDifference(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs((double)x - y)).Max();

    internal static int Agreements(float[] a, float[] b, int classes) =>
        Enumerable.Range(0, a.Length / classes).Count(n => Top(a.AsSpan(n * classes, classes)) == Top(b.AsSpan(n * classes, classes)));

    private static int Top(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var k = 1; k < logits.Length; k++)
        {
            best = logits[k] > logits[best] ? k : best;
        }

        return best;
    }
}
