using System.Runtime.ExceptionServices;

namespace Bitcurve.Models.Data.Formats;

/// <summary>What the loaders of published formats share.</summary>
internal static class DataFiles
{
    /// <exception cref="DataFormatException">There is no such file.</exception>
    internal static FileStream Open(string path, string what) =>
        File.Exists(path) ? File.OpenRead(path) : throw new DataFormatException(path, what, null, "a file", "no such file");

    /// <summary>Reads all files on all cores; samples in the files' order.</summary>
    /// <exception cref="DataFormatException">What reading one of the files threw.</exception>
    internal static TSample[] ReadAll<TFile, TSample>(IEnumerable<TFile> files, Func<TFile, TSample> read)
    {
        try
        {
            return [.. files.AsParallel().AsOrdered().Select(read)];
        }
        catch (AggregateException error) when (error.InnerExceptions.OfType<DataFormatException>().FirstOrDefault() is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
            throw;
        }
    }
}
