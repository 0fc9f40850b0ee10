using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Bitcurve.Models.Experiments;
using Bitcurve.Models.Workloads;
using Bitcurve.Search.Hosting.Local;

namespace Bitcurve.Search.Cli.Train;

/// <summary><c>bitcurve experiment</c>: repeats a table of one of the documents on our data.</summary>
internal static class ExperimentCommand
{
    private static readonly Argument<string?> Name = new("NAME") { Description = "Which one; left out, all are listed.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string> Scale = new("--scale") { Description = $"Size of networks and data: {WorkloadName.ScaleNames}.", DefaultValueFactory = _ => "small" };
    private static readonly Option<int> Seeds = new("--seeds") { Description = "How many times everything but the data is drawn anew.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Only = new("--only") { Description = "Only the rows whose label contains this [default: all rows]." };
    private static readonly Option<int?> Epochs = new("--epochs") { Description = "Length of every training [default: its recipe's]." };
    private static readonly Option<string?> Output = new("--out") { Description = "Folder for figures and trained networks [default: runs/experiments-SCALE]. The same command goes on where it stopped; experiments in one folder share what they train alike." };
    private static readonly Option<int> Threads = new("--threads") { Description = "CPU threads.", DefaultValueFactory = _ => Environment.ProcessorCount };
    private static readonly Option<string> Device = new("--device") { Description = "cpu or cuda:N.", DefaultValueFactory = _ => "cpu" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON instead of a table." };

    internal static Command Create()
    {
        var command = new Command("experiment", "Repeats a table of the documents: trains its rows and prints it with our figures (the document's in brackets).")
        {
            Name, Scale, Seeds, Only, Epochs, Output, Threads, Device, Json,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => parsed.GetValue(Name) is { } name ? Run(name, parsed, cancellation) : List(parsed.GetValue(Json)), CancellationToken.None));
        return command;
    }

    private static int List(bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(ExperimentCatalogue.All.Select(one => new { one.Name, one.Source, one.Summary, one.Columns }), SingleTraining.Line));
            return CommandLine.Success;
        }

        foreach (var experiment in ExperimentCatalogue.All)
        {
            Console.WriteLine($"{experiment.Name,-22} {experiment.Summary} ({experiment.Source})");
        }

        return CommandLine.Success;
    }

    private static int Run(string name, ParseResult parsed, CancellationToken cancellation)
    {
        var experiment = ExperimentCatalogue.Find(name);
        var scale = parsed.GetValue(Scale) switch
        {
            "small" => WorkloadScale.Small,
            "full" => WorkloadScale.Full,
            var other => throw new ArgumentException($"--scale: expected {WorkloadName.ScaleNames}, actual '{other}'"),
        };
        var (seeds, epochs) = (parsed.GetValue(Seeds), parsed.GetValue(Epochs));
        if (seeds < 1 || epochs is < 1)
        {
            throw new ArgumentException($"{(seeds < 1 ? $"--seeds: expected 1 or more, actual {seeds}" : $"--epochs: expected 1 or more, actual {epochs}")}");
        }

        var device = DeviceOption.Parse(parsed.GetValue(Device)!);
        TorchSharp.torch.set_num_threads(DeviceOption.Threads(parsed.GetValue(Threads)));
        var folder = parsed.GetValue(Output) ?? Path.Combine("runs", $"experiments-{parsed.GetValue(Scale)}");
        using var ownership = FolderLock.Take(folder, "experiment");
        var run = new ExperimentRun(experiment, scale, folder, epochs, parsed.GetValue(Only));
        var table = run.Measure([.. Enumerable.Range(0, seeds).Select(seed => (long)seed)], device, Console.Error.WriteLine, cancellation);
        var text = $"{experiment.Name}: {experiment.Source}. {experiment.Summary} {seeds.ToString(CultureInfo.InvariantCulture)} {(seeds == 1 ? "seed" : "seeds")}, {parsed.GetValue(Scale)} scale; in brackets what the document printed for its own data.\n\n{table.ToMarkdown()}";
        File.WriteAllText(Path.Combine(folder, $"{name}.md"), text);
        Console.Write(parsed.GetValue(Json) ? Printed(table) + "\n" : text);
        return CommandLine.Success;
    }

    private static string Printed(ExperimentTable table) => JsonSerializer.Serialize(
        new
        {
            Experiment = table.Experiment.Name,
            table.Experiment.Source,
            Scale = table.Scale.ToString().ToLowerInvariant(),
            table.Seeds,
            table.Experiment.Columns,
            Rows = table.Rows.Select(row => new
            {
                row.Label,
                Mean = table.Experiment.Columns.Select((_, column) => row.Mean(column)),
                Deviation = table.Experiment.Columns.Select((_, column) => row.Deviation(column)),
                row.PerSeed,
                row.Published,
            }),
        },
        SingleTraining.Line);
}
