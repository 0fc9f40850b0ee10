using System.Globalization;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training;

/// <summary>
/// A training's state as a safetensors file: the network's tensors under their own names (so that a checkpoint is also a weights file),
/// the momentum under <c>optimizer.momentum.NAME</c>, and the epochs in the metadata.
/// </summary>
public static class Checkpoint
{
    public const string MomentumPrefix = "optimizer.momentum.";

    private const string EpochsKey = "epochs";

    /// <summary>Writes network, momentum and epochs; the same state gives the same bytes.</summary>
    /// <param name="stream">Target.</param>
    /// <param name="network">Its parameters and buffers.</param>
    /// <param name="optimizer">Its momentum; null for weights alone.</param>
    /// <param name="epochs">Trained.</param>
    /// <param name="notes">More entries of the metadata.</param>
    public static void Save(Stream stream, BlueprintNetwork network, SGD? optimizer, int epochs, IReadOnlyDictionary<string, string>? notes = null)
    {
        using var scope = NewDisposeScope();
        var entries = network.state_dict().Select(e => Entry(e.Key, e.Value)).ToList();
        if (optimizer is not null)
        {
            entries.AddRange(Momenta(network, optimizer).Where(m => m.State.momentum_buffer is not null).Select(m => Entry(MomentumPrefix + m.Name, m.State.momentum_buffer!)));
        }

        SafetensorsWriter.Write(stream, entries, new Dictionary<string, string>(notes ?? new Dictionary<string, string>())
        {
            ["format"] = "bitcurve-checkpoint/1",
            [EpochsKey] = epochs.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Loads network and, where the file has it, momentum; returns the epochs it holds.</summary>
    /// <exception cref="Data.DataFormatException">The file is damaged or holds another network's weights.</exception>
    public static int Load(SafetensorsFile file, string fileName, BlueprintNetwork network, SGD? optimizer)
    {
        StateDictLoader.Load(file, fileName, network);
        if (optimizer is not null)
        {
            foreach (var (name, parameter, state) in Momenta(network, optimizer))
            {
                if (file.Entries.Any(e => e.Name == MomentumPrefix + name))
                {
                    state.momentum_buffer?.Dispose();
                    state.momentum_buffer = LikeParameter(file.ReadFloat32(MomentumPrefix + name), parameter);
                }
            }
        }

        return file.Metadata.TryGetValue(EpochsKey, out var epochs) ? int.Parse(epochs, CultureInfo.InvariantCulture) : 0;
    }

    // The buffer takes the memory layout that training gives it, so that a resumed run computes the very same sums.
    private static Tensor LikeParameter(float[] values, Parameter parameter)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        return parameter.detach().clone().copy_(tensor(values, parameter.shape)).DetachFromDisposeScope();
    }

    private static IEnumerable<(string Name, Parameter Parameter, SGD.State State)> Momenta(BlueprintNetwork network, SGD optimizer) =>
        network.named_parameters().Zip(optimizer.state_dict().State, (p, s) => (p.name, p.parameter, (SGD.State)s));

    private static SafetensorsEntry Entry(string name, Tensor tensor) => tensor.dtype == ScalarType.Int64
        ? SafetensorsEntry.FromInt64(name, tensor.shape, tensor.data<long>().ToArray())
        : SafetensorsEntry.FromFloat32(name, tensor.shape, tensor.data<float>().ToArray());
}
