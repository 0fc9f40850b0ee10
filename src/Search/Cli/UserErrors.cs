using Bitcurve.Models.Data;
using Bitcurve.Models.Onnx;
using Bitcurve.Search.Cli.Remote;
using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Store;
using Microsoft.Data.Sqlite;

namespace Bitcurve.Search.Cli;

/// <summary>Tells faults that the user can mend, and their one line, from faults of ours.</summary>
internal static class UserErrors
{
    private const int SqliteFull = 13;

    /// <summary>One line, or null for a fault of ours (whose stack trace should be seen).</summary>
    internal static string? MessageOf(Exception error) => error switch
    {
        ArgumentNullException or ArgumentOutOfRangeException => null,
        ArgumentException argument => OneLine(argument.Message),
        DataFormatException or SearchMismatchException or SearchFolderInUseException or StorageFullException => OneLine(error.Message),
        SqliteException { SqliteErrorCode: SqliteFull } => "No space left on the disk; nothing that was saved before is lost. Free some space and run again.",
        IOException io when StorageFullException.IsCauseOf(io) => "No space left on the disk; nothing that was saved before is lost. Free some space and run again.",
        UnauthorizedAccessException or DirectoryNotFoundException or FileNotFoundException or IOException => OneLine(error.Message),
        InvalidDataException => OneLine(error.Message),
        DllNotFoundException => OneLine(error.Message),
        TypeInitializationException { InnerException: DllNotFoundException missing } => OneLine(missing.Message),
        OnnxRuntimeMissingException => OneLine(error.Message),
        SearchFailedException or ServerRefusedException => OneLine(error.Message),
        _ => null,
    };

    // .NET appends the parameter's name, which says nothing to a user.
    private static string OneLine(string message)
    {
        var parameter = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return (parameter < 0 ? message : message[..parameter]).Replace('\n', ' ').Trim();
    }
}
