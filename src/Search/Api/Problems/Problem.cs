namespace Bitcurve.Search.Api.Problems;

/// <summary>The body of every refusal (RFC 9457, <c>application/problem+json</c>).</summary>
/// <param name="Title">The kind of problem in a few words.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">One line: what, where, expected, actual.</param>
/// <param name="Field">The field of the request at fault, as a path such as <c>selection.kernel</c>; null where no field is.</param>
/// <param name="Expected">What the field should hold.</param>
/// <param name="Actual">What it holds.</param>
public sealed record Problem(
    string Title, int Status, string Detail, string? Field = null, string? Expected = null, string? Actual = null)
{
    public const string ContentType = "application/problem+json";
}
