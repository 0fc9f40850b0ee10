using System.CommandLine;
using Bitcurve.Search.Cli;
using Bitcurve.Search.Cli.Describe;
using Bitcurve.Search.Cli.Eval;
using Bitcurve.Search.Cli.Export;
using Bitcurve.Search.Cli.Remote;
using Bitcurve.Search.Cli.Serve;
using Bitcurve.Search.Cli.Train;

var root = new RootCommand("Finds how many bits each layer of a network should have: a Bayesian-optimisation search on real training.")
{
    RunCommand.Create(),
    TrainCommand.Create(),
    ExperimentCommand.Create(),
    ExportCommand.Create(),
    EvalCommand.Create(),
    ServeCommand.Create(),
    TokenCommand.Create(),
    DescribeCommand.Create(),
    WorkloadsCommand.Create(),
    GpCommand.Create(),
    SearchCommands.Create(),
    WorkersCommand.Create(),
    WorkerCommand.Create(),
};
return await CommandLine.InvokeAsync(root, args);
