namespace Bitcurve.Search.Api.Problems;

/// <summary>Ends a request with a problem as its answer.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;

    /// <summary>A header or a part of the address is not as it must be (400).</summary>
    internal static ProblemException BadRequest(string field, string expected, string actual) =>
        new(new Problem("Malformed request", 400, $"{field}: expected {expected}, actual {actual}.", field, expected, actual));

    /// <summary>Well-formed, but it does not suit (422).</summary>
    internal static ProblemException Unsuitable(string field, string expected, string actual) =>
        new(new Problem("Unsuitable request", 422, $"{field}: expected {expected}, actual {actual}.", field, expected, actual));

    internal static ProblemException NotFound(string detail) => new(new Problem("Not found", 404, detail));
}
