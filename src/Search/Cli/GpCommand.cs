using System.CommandLine;
using Bitcurve.Gp;

namespace Bitcurve.Search.Cli;

/// <summary><c>bitcurve gp</c>: the Gaussian process by itself, on cases from a file, to compare with other implementations.</summary>
internal static class GpCommand
{
    private static readonly Option<string> Cases = new("--cases") { Description = "JSON file with the cases: name, n, d, m, X, task, y, hyper, X_test.", Required = true };
    private static readonly Option<string?> Output = new("--out") { Description = "File for the result instead of standard output." };
    private static readonly Option<string> Prior = new("--prior") { Description = "default (maximum a posteriori) or none (maximum likelihood).", DefaultValueFactory = _ => GpFit.PriorNames[0] };
    private static readonly Option<string?> Kernel = new("--kernel") { Description = "se or matern52 [default: what the file says, else se]." };
    private static readonly Option<int> Restarts = new("--restarts") { Description = "Starting points, 1 to 100.", DefaultValueFactory = _ => new FitOptions().Restarts };
    private static readonly Option<int> Seed = new("--seed") { Description = "Decides the starting points after the first.", DefaultValueFactory = _ => 0 };

    private static readonly Option<int> Threads = new("--threads") { Description = "CPU threads, at least 1; results do not depend on it.", DefaultValueFactory = _ => Environment.ProcessorCount };

    internal static Command Create() => new("gp", "The multi-task Gaussian process on cases from a file.") { Eval(), Fit() };

    private static Command Eval()
    {
        var command = new Command("eval", "Prints likelihood, gradient, posterior and information at given hyperparameters, as JSON.") { Cases, Output };
        command.SetAction(parsed =>
        {
            var file = GpCaseFile.Load(parsed.GetValue(Cases)!, needsHyperparameters: true);
            var kernel = StationaryKernel.Of(file.Kernel);
            GpJson.Write(parsed.GetValue(Output), file.Cases.Select(asked => GpEvaluation.Of(asked, kernel, Console.Error)));
        });
        return command;
    }

    private static Command Fit()
    {
        var command = new Command("fit", "Fits hyperparameters from scratch and prints them with the likelihood reached, as JSON.") { Cases, Output, Prior, Kernel, Restarts, Seed, Threads };
        command.SetAction(parsed =>
        {
            var threads = parsed.GetValue(Threads);
            ComputeThreads.Maximum = threads >= 1 ? threads : throw new ArgumentException($"--threads: expected at least 1, actual {threads}");
            var options = GpFit.Options(parsed.GetValue(Prior)!, parsed.GetValue(Restarts), parsed.GetValue(Seed));
            KernelKind? kernel = parsed.GetValue(Kernel) is { } name ? GpFit.KernelOf(name) : null;
            var file = GpCaseFile.Load(parsed.GetValue(Cases)!, needsHyperparameters: false);
            GpJson.Write(parsed.GetValue(Output), file.Cases.Select(asked => GpFit.Of(asked, kernel ?? file.Kernel, options, TimeProvider.System, Console.Error)));
        });
        return command;
    }
}
