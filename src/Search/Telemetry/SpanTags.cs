namespace Bitcurve.Search.Telemetry;

/// <summary>Keys of what our spans carry; a worker's spans use the same.</summary>
internal static class SpanTags
{
    internal const string SearchId = "bitcurve.search.id";
    internal const string JobId = "bitcurve.job.id";
    internal const string WorkerId = "bitcurve.worker.id";
    internal const string Bits = "bitcurve.bits";
    internal const string Epochs = "bitcurve.epochs";
    internal const string Decided = "bitcurve.decided";
    internal const string Events = "bitcurve.events";
}
