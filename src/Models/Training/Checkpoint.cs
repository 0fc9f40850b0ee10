using System.Globalization;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Weights;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training;

/// <summary>
/// A training's state as a safetensors file: the network's tensors under their own names (so that a checkpoint is also a weights file),
/// the optimiser's under <c>optimizer.KIND.NAME</c>, and the epochs in the metadata.
/// </summary>
public static class Checkpoint
{
    private const string EpochsKey = "epochs";

    /// <summary>Writes network, optimiser and epochs; the same state gives the same bytes.</summary>
    /// <param name="stream">Target.</param>
    /// <param name="network">Its parameters and buffers.</param>
    /// <param name="optimizer">Its state; null for weights alone.</param>
    /// <param name="epochs">Trained.</param>
    /// <param name="notes">More entries of the metadata.</param>
    public static void Save(Stream stream, TrainableNetwork network, TrainingOptimizer? optimizer, int epochs, IReadOnlyDictionary<string, string>? notes = null)
    {
        using var scope = NewDisposeScope();
        var entries = network.state_dict().Select(e => Entry(e.Key, e.Value)).ToList();
        entries.AddRange((optimizer?.State() ?? []).Select(part => Entry(part.Name, part.Value)));
        var metadata = new Dictionary<string, string>(notes ?? new Dictionary<string, string>());
        foreach (var (key, value) in optimizer?.Notes() ?? new Dictionary<string, string>())
        {
            metadata[key] = value;
        }

        metadata["format"] = "bitcurve-checkpoint/1";
        metadata[EpochsKey] = epochs.ToString(CultureInfo.InvariantCulture);
        SafetensorsWriter.Write(stream, entries, metadata);
    }

    /// <summary>Loads network and, where the file has it, the optimiser's state; returns the epochs it holds.</summary>
    /// <exception cref="Data.DataFormatException">The file is damaged or holds another network's weights.</exception>
    public static int Load(SafetensorsFile file, string fileName, TrainableNetwork network, TrainingOptimizer? optimizer)
    {
        StateDictLoader.Load(file, fileName, network);
        optimizer?.Restore(file);
        return file.Metadata.TryGetValue(EpochsKey, out var epochs) ? int.Parse(epochs, CultureInfo.InvariantCulture) : 0;
    }

    private static SafetensorsEntry Entry(string name, Tensor tensor) => tensor.dtype == ScalarType.Int64
        ? SafetensorsEntry.FromInt64(name, tensor.shape, tensor.data<long>().ToArray())
        : SafetensorsEntry.FromFloat32(name, tensor.shape, tensor.data<float>().ToArray());
}
