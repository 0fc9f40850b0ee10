using System.Globalization;

namespace Bitcurve.Search.Report.Charts;

/// <summary>Classes that colour fidelities: the cheaper the fainter, the target strongest.</summary>
internal static class TaskColours
{
    /// <summary>Steps that the style sheet defines, 0..4.</summary>
    public const int Steps = 5;

    /// <param name="report">Whose tasks.</param>
    /// <param name="task">Index of the task, from 0.</param>
    public static string Fill(SearchReport report, int task)
    {
        int last = report.Tasks.Count - 1;
        int step = last == 0 ? Steps - 1 : (int)Math.Round(task * (Steps - 1.0) / last);
        return "task" + step.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Class of the task with so many epochs.</summary>
    public static string FillOf(SearchReport report, int epochs) =>
        Fill(report, Math.Max(0, report.Tasks.ToList().IndexOf(epochs)));
}
