namespace Bitcurve.Search.Telemetry;

/// <summary>Keys of what the server's spans carry.</summary>
internal static class SpanTags
{
    internal const string SearchId = "bitcurve.search.id";
    internal const string Bits = "bitcurve.bits";
    internal const string Epochs = "bitcurve.epochs";
    internal const string Decided = "bitcurve.decided";
    internal const string Events = "bitcurve.events";
}
