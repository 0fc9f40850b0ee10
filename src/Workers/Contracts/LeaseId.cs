using System.Globalization;

namespace Bitcurve.Workers.Contracts;

/// <summary>Names one lease of one job. As text <c>SEARCH.JOB.TOKEN</c>, e.g. <c>vgg8-3f2a.17.42</c>.</summary>
/// <param name="SearchId">Letters, digits and dashes.</param>
/// <param name="JobId">Counts from 1 within the search.</param>
/// <param name="FencingToken">Grows with every lease of the search.</param>
public readonly record struct LeaseId(string SearchId, int JobId, long FencingToken)
{
    /// <summary>Null for text of another form.</summary>
    public static LeaseId? Parse(string text)
    {
        string[] parts = text.Split('.');
        return parts.Length == 3 && parts[0].Length > 0
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int job)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long token)
            ? new LeaseId(parts[0], job, token)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SearchId}.{JobId}.{FencingToken}");
}
