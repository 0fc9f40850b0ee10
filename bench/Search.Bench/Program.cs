using Bitcurve.Models.Bench;
using Bitcurve.Search.Bench;
using Bitcurve.Search.Bench.Tabulation;

const string Usage = """
    usage: Search.Bench COMMAND
      tabulate --out FILE.csv [--workload resnet8/shapes32] [--space bezier:2] [--configurations 160] [--seeds 2]
               [--fine-tune-images N] [--threads 1]
        really trains many configurations and writes their accuracies; the same command goes on where it stopped
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
