namespace Bitcurve.Search.Bench.Page;

/// <summary>One load of the page.</summary>
/// <param name="Milliseconds">From the start of the navigation until the frame with the table's rows and all charts in sight was painted.</param>
/// <param name="WireBytes">Of all answers, with headers, as transferred.</param>
/// <param name="PlainBytes">Of their bodies, uncompressed.</param>
/// <param name="HeapBytes">Of JavaScript, after a collection.</param>
/// <param name="Parts">A line for each request: when it began and ended, its bytes.</param>
internal sealed record PageLoad(double Milliseconds, long WireBytes, long PlainBytes, double HeapBytes, IReadOnlyList<string> Parts);
