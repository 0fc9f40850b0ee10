using System.Globalization;

namespace Bitcurve.Gp;

/// <summary>A covariance that has no Cholesky factor even with the largest jitter allowed: a numerical fault, not the caller's.</summary>
public sealed class NotPositiveDefiniteException : Exception
{
    public NotPositiveDefiniteException(int size, IReadOnlyList<double> jitters)
        : base(
            FormattableString.Invariant(
                $"A {size} x {size} covariance is not positive definite; jitters tried, relative to its mean diagonal: {Join(jitters)}."))
    {
        Size = size;
        Jitters = jitters;
    }

    /// <summary>Rows of the matrix.</summary>
    public int Size { get; }

    /// <summary>The jitters tried, as fractions of the mean diagonal.</summary>
    public IReadOnlyList<double> Jitters { get; }

    private static string Join(IReadOnlyList<double> jitters) =>
        string.Join(", ", jitters.Select(jitter => jitter.ToString("R", CultureInfo.InvariantCulture)));
}
