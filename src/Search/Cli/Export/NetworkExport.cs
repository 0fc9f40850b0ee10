using System.Globalization;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Onnx;
using Bitcurve.Models.Packed;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Training;
using Bitcurve.Models.Weights;
using Bitcurve.Models.Workloads;
using Bitcurve.Search.Store;
using Bitcurve.Workers.Agent;
using static TorchSharp.torch;

namespace Bitcurve.Search.Cli.Export;

/// <summary>A trained network of a run, loaded to be written.</summary>
internal sealed class NetworkExport : IDisposable
{
    private readonly ExportScheme scheme;
    private readonly TrainingRun run;
    private readonly QuantizerOptions options;
    private readonly PackedModelInfo info;
    private readonly int[] bits;

    /// <exception cref="ArgumentException">The workload's network or data is unknown to this version.</exception>
    /// <exception cref="Models.Data.DataFormatException">The data are missing, or the checkpoint is damaged.</exception>
    internal NetworkExport(StoredRun stored, ExportScheme scheme)
    {
        var definition = stored.State.Definition;
        var workload = Workload.Open(definition.Workload.Name);
        var problem = workload.Problem as ImageClassification
            ?? throw new ArgumentException($"{workload.Name}: expected a workload that classifies images, actual one that {workload.Family.Summary}: its networks cannot be exported");
        var images = problem.Data.Train;
        this.scheme = scheme;
        options = FineTuningRun.Options(definition.Quantizer);
        info = new PackedModelInfo
        {
            Network = workload.Network,
            Workload = workload.Name,
            InputShape = [images.Channels, images.Height, images.Width],
            Normalization = problem.Data.Normalization,
            ClassNames = images.ClassNames,
        };
        var levels = definition.SchemeOf(scheme.Levels);
        run = FineTuningRun.Create(workload, levels.Bits, levels.Harmonics, definition.Quantizer, definition.Seed, CPU);
        bits = levels.Bits.Count == 0 ? new int[run.Network.Convolutions.Count] : [.. levels.Bits];
        using var weights = SafetensorsFile.Open(stored.Artifacts.OpenRead(scheme.Checkpoint), scheme.Checkpoint);
        if (scheme.Epochs > 0)
        {
            run.Resume(weights, scheme.Checkpoint);
            return;
        }

        // At 0 epochs the checkpoint is the baseline's, with its kernels and statistics; what was measured had its own.
        run.LoadWeights(weights, scheme.Checkpoint);
        if (definition.Quantizer.RecalibrateBatchNorm && !scheme.Levels.IsEmpty)
        {
            run.RecalibrateBatchNorm();
        }
    }

    /// <summary>Ending of file names, e.g. <c>.onnx</c>.</summary>
    internal static string Extension(ExportFormat format) => format switch
    {
        ExportFormat.Packed => PackedModel.Extension,
        ExportFormat.Onnx => OnnxExport.Extension,
        ExportFormat.Safetensors => ".safetensors",
        _ => throw new ArgumentOutOfRangeException(nameof(format), $"expected packed, onnx or safetensors, actual {format}"),
    };

    /// <summary>Writes the file so that a reader sees the old one or the whole new one.</summary>
    /// <exception cref="StorageFullException">No space is left; the old file stays.</exception>
    internal void Write(string path, ExportFormat format)
    {
        // Unique per writer, so that two of them at one path cannot mix their bytes.
        var temporary = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                Write(stream, format);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (IOException full) when (StorageFullException.IsCauseOf(full))
        {
            throw new StorageFullException(path, full);
        }
        finally
        {
            // Gone after the rename; where writing failed, nothing half-written stays.
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    /// <summary>What was written and how large it is, in a few lines.</summary>
    internal string Summary(string path, ExportFormat format)
    {
        var (fp32, length) = (Bytes(_ => 0), new FileInfo(path).Length);
        var computed = format switch
        {
            ExportFormat.Packed => Bytes(k => bits[k]),
            ExportFormat.Onnx => Bytes(k => OnnxExport.StoredBits(bits[k])),
            _ => fp32,
        };
        var what = scheme.Levels.IsEmpty ? scheme.Text : $"{scheme.Text}, {scheme.Epochs} {(scheme.Epochs == 1 ? "epoch" : "epochs")} of fine-tuning";
        return string.Create(CultureInfo.InvariantCulture, $"""
            {path}
            network   {info.Network}, {what}, {RunStatus.Percent(scheme.Accuracy)} on validation
            file      {length} bytes, computed {computed}
            FP32      {fp32} bytes, {(double)fp32 / length:0.0} times as large

            """);
    }

    public void Dispose() => run.Dispose();

    private void Write(Stream stream, ExportFormat format)
    {
        switch (format)
        {
            case ExportFormat.Packed:
                PackedModel.Write(stream, (BlueprintNetwork)run.Network, bits, options, info);
                break;
            case ExportFormat.Onnx:
                OnnxExport.Write(stream, (BlueprintNetwork)run.Network, bits, options, info);
                break;
            default:
                Checkpoint.Save(stream, run.Network, optimizer: null, scheme.Epochs, new Dictionary<string, string>
                {
                    ["network"] = info.Network,
                    ["workload"] = info.Workload,
                    ["bits"] = string.Join(',', bits),
                });
                break;
        }
    }

    // Weights of convolutions at these widths with block multipliers, all other numbers in FP32; batch counters are no part of a network.
    private long Bytes(Func<int, int> width)
    {
        var layers = run.Network.Convolutions.Select((c, k) => PackedSize.Layer(c.Layer.Weight.shape, width(k), options)).Sum();
        var all = run.Network.state_dict().Values.Where(tensor => tensor.dtype == ScalarType.Float32).Sum(tensor => tensor.numel());
        return layers + (sizeof(float) * (all - run.Network.Convolutions.Sum(c => c.Layer.Weight.numel())));
    }
}
