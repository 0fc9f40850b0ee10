using Bitcurve.Search.Space;

namespace Bitcurve.Search.Report;

/// <summary>What the levels of a search are called.</summary>
internal static class LevelWords
{
    /// <summary>Heads a column of levels.</summary>
    internal static string Column(SearchReport report) => Choose(report.Subject, "bits", "harmonics", "bits / harmonics");

    /// <summary>What a sum of levels counts.</summary>
    internal static string Sum(CurveSubject subject) => Choose(subject, "bits", "harmonics", "bits and harmonics");

    /// <summary>One step of a level.</summary>
    internal static string One(CurveSubject subject) => Choose(subject, "bit", "harmonic", "bit or harmonic");

    /// <summary>What the search is for.</summary>
    internal static string Sought(SearchReport report) => Choose(report.Subject, "bit-widths", "harmonics", "bit-widths and harmonics");

    /// <summary>What a network's memory holds.</summary>
    internal static string Stored(SearchReport report) =>
        Choose(report.Subject, "quantised weights", "compressed weights", "compressed and quantised weights");

    /// <summary>The level of a uniform network, e.g. <c>4 bits</c> or <c>3 harmonics</c>.</summary>
    internal static string Uniform(SearchReport report, ReportedUniform uniform)
    {
        string level = Figures.Plural(uniform.LevelOrBits(), Choose(report.Subject, "bit", "harmonic", "bit"));
        return report.Subject == CurveSubject.Both ? level + " and all harmonics" : level;
    }

    private static string Choose(CurveSubject subject, string bits, string harmonics, string both) => subject switch
    {
        CurveSubject.Harmonics => harmonics,
        CurveSubject.Both => both,
        _ => bits,
    };
}
