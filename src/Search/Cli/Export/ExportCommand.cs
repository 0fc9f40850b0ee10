using System.CommandLine;

namespace Bitcurve.Search.Cli.Export;

/// <summary><c>bitcurve export</c>: a network that a run trained, as a file of its own.</summary>
internal static class ExportCommand
{
    private static readonly Argument<string> Run = new("RUN") { Description = "Folder of a 'bitcurve run'." };
    private static readonly Option<string> Scheme = new("--scheme") { Description = "Which network: chosen, the number of a trial, its bits (or harmonics) such as 65443221, or fp32 (the baseline).", DefaultValueFactory = _ => "chosen" };
    private static readonly Option<ExportFormat> Format = new("--format") { Description = "packed (b bits take b bits), onnx (2-, 4- and 8-bit integers, for other runtimes) or safetensors (FP32 weights, to be quantised).", DefaultValueFactory = _ => ExportFormat.Packed };
    private static readonly Option<string?> Output = new("--out") { Description = "File to write [default: RUN/SCHEME with the format's ending]." };
    private static readonly Option<bool> Force = new("--force") { Description = "Replace the file if it exists." };

    internal static Command Create()
    {
        var command = new Command("export", "Writes a trained network of a run to a file: packed, ONNX or safetensors.") { Run, Scheme, Format, Output, Force };
        command.SetAction(async (parsed, cancellation) =>
        {
            var stored = await StoredRun.OpenAsync(parsed.GetValue(Run)!, cancellation);
            var scheme = ExportScheme.Parse(parsed.GetValue(Scheme)!, stored.State);
            var format = parsed.GetValue(Format);
            var path = parsed.GetValue(Output) ?? Path.Combine(stored.Folder, scheme.Name + NetworkExport.Extension(format));
            if (File.Exists(path) && !parsed.GetValue(Force))
            {
                throw new ArgumentException($"{path}: expected no such file, actual one that exists; replace it with --force");
            }

            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            {
                throw new ArgumentException($"--out: expected a file in a folder that exists, actual {path}");
            }

            using var network = new NetworkExport(stored, scheme);
            network.Write(path, format);
            Console.Out.Write(network.Summary(path, format));
            return CommandLine.Success;
        });
        return command;
    }
}
