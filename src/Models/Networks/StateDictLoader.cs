using System.Runtime.InteropServices;
using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data;
using Bitcurve.Models.Weights;
using static TorchSharp.torch;

namespace Bitcurve.Models.Networks;

/// <summary>
/// Loads a network's weights by name. Accepts our own names (torchvision's where it has the network) and those of the common CIFAR repositories:
/// a <c>module.</c> prefix, <c>shortcut</c> for <c>downsample</c>, <c>linear</c>, <c>fc</c> or <c>classifier</c> for the last layer. A fully
/// connected layer over channels loads as the 1x1 convolution that it is.
/// </summary>
public static class StateDictLoader
{
    /// <param name="file">Source.</param>
    /// <param name="fileName">For messages.</param>
    /// <param name="network">Target; unchanged unless every tensor fits.</param>
    /// <exception cref="DataFormatException">A tensor is missing, superfluous, or of another shape: the file holds another network.</exception>
    public static void Load(SafetensorsFile file, string fileName, TrainableNetwork network)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var targets = network.state_dict();
        var classifier = (network as BlueprintNetwork)?.Blueprint.Top.Leaves.LastOrDefault(leaf => leaf.Block is FullyConnected)?.Path;
        var sources = file.Entries
            .Where(e => !e.Name.StartsWith(Training.TrainingOptimizer.Prefix, StringComparison.Ordinal))
            .ToDictionary(e => OwnName(e.Name, classifier), e => e);
        Check(sources, targets, fileName, network.GetName());
        foreach (var (name, target) in targets)
        {
            if (!sources.TryGetValue(name, out var source))
            {
                continue;
            }

            if (target.dtype == ScalarType.Float32)
            {
                target.copy_(tensor(file.ReadFloat32(source.Name), target.shape));
            }
            else if (source.Type == SafetensorsType.I64)
            {
                target.copy_(tensor(MemoryMarshal.Cast<byte, long>(file.ReadBytes(source.Name)).ToArray(), target.shape)); // a batch counter
            }
        }
    }

    /// <summary>Copies what has the name and shape of one of the network's tensors, and leaves the rest of the network as it is.</summary>
    /// <param name="file">Source, e.g. of a network with other heads.</param>
    /// <param name="network">Target.</param>
    /// <returns>Names of the tensors that were copied.</returns>
    public static IReadOnlyList<string> LoadMatching(SafetensorsFile file, TrainableNetwork network)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var targets = network.state_dict();
        var copied = new List<string>();
        foreach (var source in file.Entries)
        {
            if (targets.TryGetValue(source.Name, out var target) && target.dtype == ScalarType.Float32 && source.Shape.SequenceEqual(target.shape))
            {
                target.copy_(tensor(file.ReadFloat32(source.Name), target.shape));
                copied.Add(source.Name);
            }
        }

        return copied;
    }

    private static void Check(Dictionary<string, SafetensorsTensor> sources, Dictionary<string, Tensor> targets, string fileName, string network)
    {
        var what = $"weights for {network}";

        // Old PyTorch files lack the batch counter, and no computation here reads it.
        var missing = targets.Keys.Where(n => !sources.ContainsKey(n) && !n.EndsWith("num_batches_tracked", StringComparison.Ordinal)).ToList();
        var superfluous = sources.Keys.Where(n => !targets.ContainsKey(n)).ToList();
        foreach (var (name, target) in targets)
        {
            if (sources.TryGetValue(name, out var source) && !WithoutTrailingOnes(source.Shape).SequenceEqual(WithoutTrailingOnes(target.shape)))
            {
                throw new DataFormatException(fileName, what, null, $"{name} of shape [{string.Join(", ", target.shape)}]", source.ShapeText);
            }
        }

        if (missing.Count > 0)
        {
            throw new DataFormatException(fileName, what, null, $"a tensor {missing[0]}{More(missing)}", superfluous.Count > 0 ? $"{superfluous[0]}{More(superfluous)}" : "no such tensor");
        }

        if (superfluous.Count > 0)
        {
            throw new DataFormatException(fileName, what, null, "no other tensors", $"{superfluous[0]}{More(superfluous)}");
        }
    }

    // O x C and O x C x 1 x 1 are the same numbers in the same order.
    private static IEnumerable<long> WithoutTrailingOnes(IReadOnlyList<long> shape) => shape.Take(shape.Count - shape.Reverse().TakeWhile(extent => extent == 1).Count());

    private static string More(List<string> names) => names.Count > 1 ? $" and {names.Count - 1} more" : "";

    private static string OwnName(string name, string? classifier)
    {
        var own = name.StartsWith("module.", StringComparison.Ordinal) ? name["module.".Length..] : name;
        own = own.Replace(".shortcut.", ".downsample.", StringComparison.Ordinal);
        if (classifier?.Contains('.', StringComparison.Ordinal) != false)
        {
            return own;
        }

        foreach (var alias in (string[])["linear.", "fc.", "classifier."])
        {
            if (own.StartsWith(alias, StringComparison.Ordinal))
            {
                return $"{classifier}.{own[alias.Length..]}";
            }
        }

        return own;
    }
}
