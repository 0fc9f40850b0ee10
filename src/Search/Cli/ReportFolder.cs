using System.Text;
using Bitcurve.Search.Report;
using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Cli;

/// <summary>Writes what a run leaves for its user; each file appears whole or not at all.</summary>
internal static class ReportFolder
{
    internal static void Write(string folder, SearchReport report, ModelPicture model)
    {
        Replace(Path.Combine(folder, "report.json"), ReportJson.Serialize(report));
        Replace(Path.Combine(folder, "trials.csv"), TrialsCsv.Of(report));
        Replace(Path.Combine(folder, "report.html"), HtmlReport.Of(report, model));
    }

    /// <summary>Copies the FP32 network and the chosen, fine-tuned one (its FP32 weights, to be quantised with its bits) out of the artifacts.</summary>
    internal static void WriteWeights(string folder, SearchState state, IArtifactStore artifacts)
    {
        Copy(state.Baseline?.Checkpoint, Path.Combine(folder, "baseline.safetensors"), artifacts);
        Copy(state.ChosenCheckpoint(), Path.Combine(folder, "chosen.safetensors"), artifacts);
    }

    private static void Copy(string? artifact, string path, IArtifactStore artifacts)
    {
        if (artifact is not null)
        {
            Replace(path, target =>
            {
                using var source = artifacts.OpenRead(artifact);
                source.CopyTo(target);
            });
        }
    }

    private static void Replace(string path, string text) => Replace(path, target => target.Write(Encoding.UTF8.GetBytes(text)));

    private static void Replace(string path, Action<Stream> write)
    {
        try
        {
            using (var target = File.Create(path + ".partial"))
            {
                write(target);
            }

            File.Move(path + ".partial", path, overwrite: true);
        }
        catch (IOException full) when (StorageFullException.IsCauseOf(full))
        {
            throw new StorageFullException(path, full);
        }
    }
}
