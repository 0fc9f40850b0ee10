namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>Names under which grains store their states. A row belongs to a grain's key and one of these: each name is used once.</summary>
internal static class StateNames
{
    /// <summary>The storage provider.</summary>
    internal const string Storage = "bitcurve";

    internal const string JournalHead = "journal";
    internal const string Snapshot = "snapshot";
    internal const string JournalPage = "page";
    internal const string Ended = "ended";
    internal const string Worker = "worker";
    internal const string Searches = "searches";
    internal const string Workers = "workers";
    internal const string Workloads = "workloads";
    internal const string FirstUse = "first-use";
}
