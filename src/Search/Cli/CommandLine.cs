using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace Bitcurve.Search.Cli;

/// <summary>Runs a command so that every fault ends in one clear line on standard error and a defined exit code.</summary>
internal static class CommandLine
{
    internal const int Success = 0;
    internal const int UnexpectedError = 1;
    internal const int UserError = 2;
    internal const int Interrupted = 130;

    // A training step may be running when Ctrl-C comes; it ends within this time, or the process ends without it.
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(30);

    internal static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return Fail($"{ParseErrors.Describe(parsed.Errors)} See 'bitcurve {CommandPath(parsed)}--help'.");
        }

        if (args.Length == 0)
        {
            new HelpAction().Invoke(parsed);
            return Success;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = GracePeriod,
            });
        }
        catch (Exception error) when (UserErrors.MessageOf(error) is { } message)
        {
            return Fail(message);
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine($"bitcurve: {message}");
        return UserError;
    }

    // The words that lead to a command, e.g. "gp eval ".
    private static string CommandPath(ParseResult parsed)
    {
        var path = "";
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult { Command: not RootCommand } command; result = result.Parent)
        {
            path = $"{command.Command.Name} {path}";
        }

        return path;
    }
}
