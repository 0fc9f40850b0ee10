using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Packed;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Series;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Packed;

/// <summary>A small network as fine-tuning leaves it, and its packed file in memory.</summary>
internal static class PackedSample
{
    public const int Classes = 10;

    public static PackedModelInfo Info(string network) => new()
    {
        Network = network,
        Workload = $"{network}/shapes32",
        InputShape = [3, 32, 32],
        Normalization = new Normalization([0.4, 0.5, 0.6], [0.2, 0.25, 0.3]),
        ClassNames = [.. Enumerable.Range(0, Classes).Select(k => $"class {k}")],
    };

    /// <summary>Random weights, and batch-norm statistics and parameters that differ from their initial ones; in evaluation mode.</summary>
    public static BlueprintNetwork Network(string name, SeriesScheme? series = null)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var network = NetworkCatalogue.Create(name, Classes, series);
        foreach (var tensor in network.state_dict().Where(e => e.Key.Contains("bn", StringComparison.Ordinal) || e.Key.StartsWith("features", StringComparison.Ordinal))
            .Where(e => e.Value.ndim == 1).Select(e => e.Value))
        {
            tensor.copy_(empty(tensor.shape).uniform_(0.5, 1.5));
        }

        network.call(randn([8, 3, 32, 32]));
        network.eval();
        return network;
    }

    /// <summary>Bit-widths that differ from layer to layer.</summary>
    public static int[] MixedBits(BlueprintNetwork network) => [.. Enumerable.Range(0, network.Convolutions.Count).Select(k => 1 + (((5 * k) + 7) % 8))];

    public static byte[] Written(BlueprintNetwork network, IReadOnlyList<int> bits, QuantizerOptions options)
    {
        using var stream = new MemoryStream();
        PackedModel.Write(stream, network, bits, options, Info(network.GetName()));
        return stream.ToArray();
    }

    public static PackedModel Opened(byte[] bytes) => PackedModel.Open(new MemoryStream(bytes), "file");

    /// <summary>The line with which a file is refused.</summary>
    public static string Refusal(byte[] bytes)
    {
        var message = Assert.Throws<DataFormatException>(() => Opened(bytes)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
