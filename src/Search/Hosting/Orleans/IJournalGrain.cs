namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>One search's journal, but for its full pages. Kept by <see cref="GrainSearchStore"/>, whoever runs the search.</summary>
internal interface IJournalGrain : IGrainWithStringKey
{
    Task<JournalTail> TailAsync();

    /// <summary>Empty JSON before the first snapshot.</summary>
    Task<JournalSnapshot> SnapshotAsync();

    /// <param name="expectedVersion">Events stored before these.</param>
    /// <param name="events">JSON.</param>
    /// <param name="append">Names this attempt: a repetition of the last one is answered as it was.</param>
    Task<AppendAnswer> AppendAsync(long expectedVersion, string[] events, Guid append);

    /// <summary>Keeps it if it is newer than the stored one.</summary>
    Task SaveSnapshotAsync(JournalSnapshot snapshot);
}

/// <summary>The end of a journal.</summary>
/// <param name="Paged">Events before these, all of them in full pages.</param>
/// <param name="Events">JSON.</param>
[GenerateSerializer, Immutable]
internal sealed record JournalTail([property: Id(0)] long Paged, [property: Id(1)] string[] Events)
{
    internal long Version => Paged + Events.Length;
}

/// <param name="IsStored">Whether the events are in the journal.</param>
/// <param name="Version">Events in it now.</param>
[GenerateSerializer, Immutable]
internal sealed record AppendAnswer([property: Id(0)] bool IsStored, [property: Id(1)] long Version);

/// <param name="Version">Events that it contains.</param>
/// <param name="Json">The state, null before the first snapshot.</param>
[GenerateSerializer, Immutable]
internal sealed record JournalSnapshot([property: Id(0)] long Version, [property: Id(1)] string? Json);
