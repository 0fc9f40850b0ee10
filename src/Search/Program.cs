using System.CommandLine;
using Bitcurve.Search.Cli;

var root = new RootCommand("Finds how many bits each layer of a network should have: a Bayesian-optimisation search on real training.")
{
    RunCommand.Create(),
    WorkloadsCommand.Create(),
    GpCommand.Create(),
    WorkerCommand.Create(),
};
return await CommandLine.InvokeAsync(root, args);
