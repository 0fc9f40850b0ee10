using Bitcurve.Search.Report;

namespace Bitcurve.Search.Api.Reports;

/// <summary>
/// What the last few pictures of a search said of each trial, one number each: enough to tell which trials are other now. Compared by
/// content, for a state that came from another server consists of other objects. Immutable.
/// </summary>
internal sealed class PictureMarks
{
    /// <summary>A page asks again within seconds; whoever was away for longer gets everything.</summary>
    private const int MostVersions = 16;

    private readonly IReadOnlyList<Mark> marks;

    private PictureMarks(IReadOnlyList<Mark> marks) => this.marks = marks;

    internal static PictureMarks None { get; } = new([]);

    private sealed record Mark(long Version, int[] Trials, int Decisions);

    /// <summary>Remembers this picture too, which is the newest.</summary>
    internal PictureMarks And(SearchPicture picture)
    {
        var mark = new Mark(picture.Version, TrialsOf(picture.Trials), picture.Decisions.Id.Count);
        return new([mark, .. marks.Take(MostVersions - 1)]);
    }

    /// <summary>What is other in a picture than in that of an earlier version, or all of it where that version is unknown.</summary>
    internal SearchPicture Since(SearchPicture picture, long since)
    {
        if (marks.FirstOrDefault(mark => mark.Version == since) is not Mark then)
        {
            return picture;
        }

        int[] now = TrialsOf(picture.Trials);
        int[] changed = [.. Enumerable.Range(0, now.Length).Where(row => row >= then.Trials.Length || then.Trials[row] != now[row])];
        return picture with
        {
            Since = since,
            Trials = picture.Trials.At(changed),
            Decisions = picture.Decisions.After(then.Decisions),
        };
    }

    // Trials are never removed, and measurements and failures only become more.
    private static int[] TrialsOf(PictureTrials trials) =>
        [.. Enumerable.Range(0, trials.Id.Count).Select(row => HashCode.Combine(
            trials.Accuracy[row].Count(accuracy => accuracy is not null), trials.Failures[row], trials.SetAside[row] is not null, trials.Pending[row]))];
}
