namespace Bitcurve.Models.Architecture;

/// <summary>Works out the shapes and paths of a network's blocks.</summary>
public static class Placement
{
    /// <summary>Places a block at the top of a network.</summary>
    /// <param name="block">The whole network.</param>
    /// <param name="input">Extents of one sample: channels, then positions.</param>
    /// <exception cref="ArgumentException">A block cannot take the shape that reaches it; the message names the block's path, expected and actual.</exception>
    public static PlacedBlock Of(Block block, IReadOnlyList<int> input)
    {
        if (input.Count == 0 || input.Any(extent => extent < 1))
        {
            throw new ArgumentException($"input: expected extents of at least 1 such as 3x32x32, actual {Text(input)}");
        }

        var stage = -1;
        return Place(block, "", input, ref stage);
    }

    /// <summary><c>3x32x32</c>.</summary>
    public static string Text(IReadOnlyList<int> shape) => string.Join('x', shape);

    private static PlacedBlock Place(Block block, string path, IReadOnlyList<int> input, ref int stage)
    {
        switch (block)
        {
            case Named named:
                var body = Place(named.Body, path.Length == 0 ? named.Name : $"{path}.{named.Name}", input, ref stage);
                return Around(block, path, body, stage);
            case Stage group:
                stage++;
                return Around(block, path, Place(group.Body, path, input, ref stage), stage);
            case Sequence sequence:
                return Chain(sequence, path, input, ref stage);
            case Residual residual:
                return Add(residual, path, input, ref stage);
            case Concatenation concatenation:
                return Concatenate(concatenation, path, input, ref stage);
            default:
                return new(block, path, input, OutputOf(block, path, input), Math.Max(stage, 0), []);
        }
    }

    private static PlacedBlock Around(Block block, string path, PlacedBlock body, int stage) =>
        new(block, path, body.Input, body.Output, Math.Max(stage, 0), [body]);

    private static PlacedBlock Chain(Sequence sequence, string path, IReadOnlyList<int> input, ref int stage)
    {
        var parts = new List<PlacedBlock>();
        var shape = input;
        foreach (var part in sequence.Parts)
        {
            parts.Add(Place(part, path, shape, ref stage));
            shape = parts[^1].Output;
        }

        return new(sequence, path, input, shape, Math.Max(stage, 0), parts);
    }

    private static PlacedBlock Add(Residual residual, string path, IReadOnlyList<int> input, ref int stage)
    {
        var body = Place(residual.Body, path, input, ref stage);
        var shortcut = residual.Shortcut is null ? null : Place(residual.Shortcut, path, input, ref stage);
        var added = shortcut?.Output ?? input;
        Require(added.SequenceEqual(body.Output), path, $"a shortcut of {Text(body.Output)}", Text(added));
        return new(residual, path, input, body.Output, Math.Max(stage, 0), shortcut is null ? [body] : [body, shortcut]);
    }

    private static PlacedBlock Concatenate(Concatenation concatenation, string path, IReadOnlyList<int> input, ref int stage)
    {
        var branches = new List<PlacedBlock>();
        foreach (var branch in concatenation.Branches)
        {
            branches.Add(Place(branch, path, input, ref stage));
        }

        var first = branches[0].Output;
        foreach (var branch in branches)
        {
            Require(branch.Output.Skip(1).SequenceEqual(first.Skip(1)), path, $"branches of the extents {Text([.. first.Skip(1)])}", Text([.. branch.Output.Skip(1)]));
        }

        return new(concatenation, path, input, [branches.Sum(branch => branch.Output[0]), .. first.Skip(1)], Math.Max(stage, 0), branches);
    }

    private static IReadOnlyList<int> OutputOf(Block block, string path, IReadOnlyList<int> input)
    {
        switch (block)
        {
            case Convolution convolution:
                RequireAxes(convolution.Kernel, path, input);
                Require(input[0] % convolution.Groups == 0, path, $"channels in {convolution.Groups} groups", $"{input[0]} channels");
                return [convolution.Outputs, .. convolution.Kernel.Select((kernel, axis) => Windows(path, input[axis + 1], kernel, convolution.Stride[axis], convolution.Padding[axis]))];
            case TransposedConvolution transposed:
                RequireAxes(transposed.Kernel, path, input);
                return [transposed.Outputs, .. transposed.Kernel.Select((kernel, axis) => Spread(path, input[axis + 1], kernel, transposed.Stride[axis], transposed.Padding[axis]))];
            case MaxPool pool:
                return [input[0], .. input.Skip(1).Select(extent => Windows(path, extent, pool.Kernel, pool.Stride, pool.Padding))];
            case GlobalAverage:
                return [input[0]];
            case Flatten:
                Require(Count(input) <= int.MaxValue, path, $"at most {int.MaxValue} elements", Text(input));
                return [(int)Count(input)];
            case Reshape reshape:
                Require(Count(input) == Count(reshape.Shape), path, $"{Count(reshape.Shape)} elements for {Text(reshape.Shape)}", $"{Count(input)} of {Text(input)}");
                return reshape.Shape;
            case FullyConnected connected:
                Require(input.Count == 1, path, "a flat input", Text(input));
                return [connected.Outputs];
            case PadShortcut shortcut:
                Require(shortcut.Outputs >= input[0], path, $"at most {shortcut.Outputs} channels", $"{input[0]}");
                return [shortcut.Outputs, .. input.Skip(1).Select(extent => ((extent - 1) / shortcut.Stride) + 1)];
            default:
                return input;
        }
    }

    private static int Windows(string path, int extent, int kernel, int stride, int padding)
    {
        Require(extent + (2 * padding) >= kernel, path, $"at least {kernel - (2 * padding)} positions along each axis", $"{extent}");
        return ((extent + (2 * padding) - kernel) / stride) + 1;
    }

    private static int Spread(string path, int extent, int kernel, int stride, int padding)
    {
        var spread = ((extent - 1) * stride) + kernel - (2 * padding);
        Require(spread >= 1, path, $"a padding below half of {spread + (2 * padding)} positions", $"{padding}");
        return spread;
    }

    private static long Count(IReadOnlyList<int> shape) => shape.Aggregate(1L, (product, extent) => product * extent);

    private static void RequireAxes(IReadOnlyList<int> kernel, string path, IReadOnlyList<int> input)
    {
        Require(kernel.Count is 2 or 3, path, "a kernel of 2 or 3 axes", Text(kernel));
        Require(input.Count == kernel.Count + 1, path, $"an input with {kernel.Count} axes", Text(input));
    }

    private static void Require(bool condition, string path, string expected, string actual)
    {
        if (!condition)
        {
            throw new ArgumentException($"{(path.Length == 0 ? "network" : path)}: expected {expected}, actual {actual}");
        }
    }
}
