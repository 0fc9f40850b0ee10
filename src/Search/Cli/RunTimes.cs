using System.Text.Json;

namespace Bitcurve.Search.Cli;

/// <summary>
/// Seconds that a folder's search took, over all the processes that worked on it: a search knows no clock, and a report of the last process
/// alone would leave out what an interrupted one did. A process that is killed leaves its share out.
/// </summary>
/// <param name="FitAndChooseSeconds">Spent in the strategy.</param>
/// <param name="TotalSeconds">From start to end of each process that had something to do.</param>
internal sealed record RunTimes(double FitAndChooseSeconds = 0, double TotalSeconds = 0)
{
    private const string FileName = "times.json";

    /// <summary>What earlier processes left; nothing when there was none.</summary>
    internal static RunTimes Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) ? JsonSerializer.Deserialize<RunTimes>(File.ReadAllText(path)) ?? new RunTimes() : new RunTimes();
    }

    internal RunTimes Plus(TimeSpan fitAndChoose, TimeSpan total) =>
        new(FitAndChooseSeconds + fitAndChoose.TotalSeconds, TotalSeconds + total.TotalSeconds);

    internal void Save(string folder)
    {
        var path = Path.Combine(folder, FileName);
        File.WriteAllText(path + ".partial", JsonSerializer.Serialize(this));
        File.Move(path + ".partial", path, overwrite: true);
    }
}
