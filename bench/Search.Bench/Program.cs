using Bitcurve.Models.Bench;
using Bitcurve.Search.Bench;
using Bitcurve.Search.Bench.Load;
using Bitcurve.Search.Bench.Page;
using Bitcurve.Search.Bench.Quality;
using Bitcurve.Search.Bench.Tabulation;
using Bitcurve.Search.Bench.Telemetry;

const string Usage = """
    usage: Search.Bench COMMAND
      tabulate --out FILE.csv [--workload resnet8/shapes32] [--space bezier:2] [--configurations 160] [--seeds 2]
               [--fine-tune-images N] [--threads 1]
        really trains many configurations and writes their accuracies; the same command goes on where it stopped
      quality --out FILE.json [--problems branin,hartmann4,borehole,misleading,vgg8,resnet8] [--strategies information-gain,random,thesis]
              [--workers 1,8] [--budget 150epochs] [--seeds 27] [--first-seed 1000] [--jobs 1] [--table RESNET8.csv]
        whole searches on problems of known truth; a strategy is NAME[:setting=value]..., e.g. information-gain:about=function:kernel=se
      quality-table FILE.json...   their outcome as Markdown
      load [--workers 1000] [--jobs 10000] [--searches 10] [--store sqlite|CONNECTION] [--warm-up 3000]
        simulated workers with instant jobs against the real server over HTTP
      page [--trials 10000] [--loads 20] [--width 1280]
        the dashboard's page of one large search in the machine's Chromium: load, interaction, bytes, heap
      telemetry [--rounds 12] [--workers 50] [--jobs 2000] [--searches 4] [--store sqlite|CONNECTION] [--warm-up 3000]
        the load of a server that sends and shows telemetry, and of one that does not, in turn
      telemetry-worker [--rounds 40] [--workload vgg8/shapes32] [--epochs 2] [--threads 1]
        a worker's step with and without exporters, in turn
      selfcheck                    checks the bench's own mathematics; exit code 1 where it is wrong
    """;

if (LaunchEnvironment.Restart(args) is { } exitCode)
{
    return exitCode;
}

try
{
    switch (args)
    {
        case ["tabulate", .. var rest]:
            return TabulateCommand.Run(new CommandArguments(rest, TabulateCommand.Options));
        case ["quality", .. var rest]:
            return QualityCommand.Run(new CommandArguments(rest, QualityCommand.Options));
        case ["quality-table", .. var files]:
            return QualityTable.Print(files, Console.Out);
        case ["load", .. var rest]:
            return await LoadCommand.RunAsync(new CommandArguments(rest, LoadCommand.Options));
        case ["page", .. var rest]:
            return await PageCommand.RunAsync(new CommandArguments(rest, PageCommand.Options));
        case ["telemetry", .. var rest]:
            return await ServerTelemetryCommand.RunAsync(new CommandArguments(rest, ServerTelemetryCommand.Options));
        case ["telemetry-worker", .. var rest]:
            return WorkerTelemetryCommand.Run(new CommandArguments(rest, WorkerTelemetryCommand.Options));
        case [OtlpSink.Own]:
            return await OtlpSink.ServeAsync();
        case ["selfcheck"]:
            return SelfCheck.Run();
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (Exception error) when (error is ArgumentException or IOException)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
