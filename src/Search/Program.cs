using System.CommandLine;
using Bitcurve.Search.Cli;
using Bitcurve.Search.Cli.Describe;
using Bitcurve.Search.Cli.Remote;
using Bitcurve.Search.Cli.Serve;

var root = new RootCommand("Finds how many bits each layer of a network should have: a Bayesian-optimisation search on real training.")
{
    RunCommand.Create(),
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
