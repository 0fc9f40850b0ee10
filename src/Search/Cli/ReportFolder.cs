using Bitcurve.Search.Report;
using Bitcurve.Search.Store;

namespace Bitcurve.Search.Cli;

/// <summary>Writes a report's three files; each appears whole or not at all.</summary>
internal static class ReportFolder
{
    internal static void Write(string folder, SearchReport report)
    {
        Replace(Path.Combine(folder, "report.json"), ReportJson.Serialize(report));
        Replace(Path.Combine(folder, "trials.csv"), TrialsCsv.Of(report));
        Replace(Path.Combine(folder, "report.html"), HtmlReport.Of(report));
    }

    private static void Replace(string path, string text)
    {
        try
        {
            File.WriteAllText(path + ".partial", text);
            File.Move(path + ".partial", path, overwrite: true);
        }
        catch (IOException full) when (StorageFullException.IsCauseOf(full))
        {
            throw new StorageFullException(path, full);
        }
    }
}
