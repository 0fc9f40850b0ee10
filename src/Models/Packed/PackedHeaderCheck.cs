using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Series;

namespace Bitcurve.Models.Packed;

/// <summary>The checks of a parsed header against itself and the file's length: after them no size in it can ask for more than the file holds.</summary>
/// <param name="header">As parsed.</param>
/// <param name="start">File offset of the first section.</param>
/// <param name="fileBytes">Length of the file.</param>
/// <param name="file">For messages.</param>
internal sealed class PackedHeaderCheck(PackedHeader header, long start, long fileBytes, string file)
{
    // Of an image: whoever allocates one as the header says must not run out of memory for a lie.
    private const int LargestExtent = 1 << 14;

    /// <exception cref="DataFormatException">The first rule that the header breaks.</exception>
    public void Run()
    {
        CheckNetwork();
        CheckInput();
        CheckNames();
        var end = header.Layers.Aggregate(0L, CheckLayer);
        end = header.Tensors.Aggregate(end, CheckTensor);
        if (start + end != fileBytes)
        {
            throw new DataFormatException(file, "end of the sections", start + end, $"{start + end} bytes", $"{fileBytes} (bytes that belong to no section)");
        }

        var network = Placed();
        CheckClasses(network);
        CheckSeries(network);
    }

    private void CheckNetwork()
    {
        if (!NetworkCatalogue.Contains(header.Network))
        {
            throw Fault("network", $"one of {NetworkCatalogue.Listed}", header.Network);
        }

        Require(header.BlockSize >= 1, "blockSize", "at least 1", $"{header.BlockSize}");
    }

    private void CheckInput()
    {
        var shape = header.InputShape;
        Require(
            shape.Length is 3 or 4 && shape.All(extent => extent is >= 1 and <= LargestExtent),
            "inputShape",
            $"C, H, W or C, D, H, W of 1 to {LargestExtent}",
            Text(shape));
        Require(header.Mean.Length == shape[0], "mean", $"{shape[0]} values", $"{header.Mean.Length}");
        Require(header.Mean.All(double.IsFinite), "mean", "finite values", string.Join(", ", header.Mean));
        Require(header.StandardDeviation.Length == shape[0], "standardDeviation", $"{shape[0]} values", $"{header.StandardDeviation.Length}");
        Require(header.StandardDeviation.All(deviation => deviation > 0 && double.IsFinite(deviation)), "standardDeviation", "positive values", string.Join(", ", header.StandardDeviation));
        Require(header.ClassNames.Length > 0, "classNames", "at least one", "none");
        Require(!header.ClassNames.Contains(null), "classNames", "names", "null");
    }

    private void CheckNames()
    {
        Require(!header.Layers.Contains(null) && !header.Tensors.Contains(null), "layers and tensors", "objects", "null");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in header.Layers.Select(layer => $"{layer.Name}.weight").Concat(header.Tensors.Select(tensor => tensor.Name)))
        {
            Require(seen.Add(name), $"tensor '{name}'", "each name once", "the name twice");
        }
    }

    private long CheckLayer(long end, PackedLayer layer)
    {
        var what = $"layer '{layer.Name}'";
        Require(layer.Bits is 0 or (>= BitRange.Min and <= BitRange.Max), $"{what} bits", $"{BitRange.Min} to {BitRange.Max}, or 0 for FP32", $"{layer.Bits}");
        Require(layer.Shape.Length >= 3, $"{what} shape", "O x C x kernel extents", Text(layer.Shape));
        return CheckSection(what, layer.Shape, layer.Offset, layer.Length, end, () => PackedSize.Layer(layer.Shape, layer.Bits, header.Options));
    }

    private long CheckTensor(long end, PackedTensor tensor)
    {
        var what = $"tensor '{tensor.Name}'";
        var size = tensor.Type switch
        {
            PackedTensor.Float32 => sizeof(float),
            PackedTensor.Int64 => sizeof(long),
            _ => throw Fault($"{what} type", $"{PackedTensor.Float32} or {PackedTensor.Int64}", tensor.Type),
        };
        return CheckSection(what, tensor.Shape, tensor.Offset, tensor.Length, end, () => checked(PackedSize.Count(tensor.Shape) * size));
    }

    // Sections follow one another without a gap, so that none overlaps another and every byte of the file has an owner.
    private long CheckSection(string what, long[] shape, long offset, long length, long end, Func<long> computed)
    {
        Require(shape.All(extent => extent >= 1), $"{what} shape", "extents of at least 1", Text(shape));
        Require(offset == end, $"{what} offset", $"{end} (where the section before it ends)", $"{offset}");
        long expected;
        try
        {
            expected = computed();
        }
        catch (OverflowException)
        {
            throw Fault($"{what} shape", "fewer than 2^63 bytes", Text(shape));
        }

        Require(length == expected, $"{what} length", $"{expected} bytes for {Text(shape)}", $"{length}");
        var left = fileBytes - start - offset;
        return length <= left ? end + length : throw new DataFormatException(file, what, start + offset, $"{length} bytes", $"{left} (the file is truncated)");
    }

    // The network is built for so many classes: a tensor with as many rows (of a network that classifies positions, times these), already known to
    // lie in the file, bounds the memory that takes.
    private void CheckClasses(Blueprint network)
    {
        var (classes, outputs) = (header.ClassNames.Length, network.Top.Output.Aggregate(1L, (product, extent) => product * extent));
        var shapes = header.Layers.Select(layer => layer.Shape).Concat(header.Tensors.Select(tensor => tensor.Shape));
        Require(shapes.Any(shape => shape.Length >= 2 && (shape[0] == classes || shape[0] == outputs)), "classNames", "as many names as a tensor has rows", $"{classes}");
    }

    // Linear layers grow with the input: what the network has must lie in the file.
    private Blueprint Placed()
    {
        try
        {
            var network = NetworkCatalogue.Describe(header.Network, header.ClassNames.Length, header.InputShape);
            var linear = network.Top.Leaves.Where(leaf => leaf.Block is FullyConnected).Sum(leaf => leaf.WeightCount) * sizeof(float);
            Require(linear <= fileBytes, "inputShape", $"one for which {header.Network} has linear layers within the file's {fileBytes} bytes", $"{Text(header.InputShape)} ({linear} bytes)");
            return network;
        }
        catch (ArgumentException fault)
        {
            throw Fault("inputShape", $"one that fits {header.Network}", fault.Message);
        }
    }

    private void CheckSeries(Blueprint network)
    {
        try
        {
            header.Series?.Scheme().Over([.. network.Convolutions.Select(KernelGeometry.Of)]);
        }
        catch (ArgumentException fault)
        {
            throw Fault("series", $"harmonics that fit {header.Network}", fault.Message);
        }
    }

    private void Require(bool holds, string what, string expected, string actual)
    {
        if (!holds)
        {
            throw Fault(what, expected, actual);
        }
    }

    private DataFormatException Fault(string what, string expected, string actual) =>
        new(file, $"header, {what}", PackedFormat.PrefixBytes, expected, actual);

    private static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";

    private static string Text(int[] shape) => $"[{string.Join(", ", shape)}]";
}
