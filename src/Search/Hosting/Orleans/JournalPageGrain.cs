using Orleans.Placement;
using Orleans.Storage;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>A full page of a journal: written once, with what is durable elsewhere already.</summary>
internal interface IJournalPageGrain : IGrainWithStringKey
{
    /// <summary>Durable when it returns. Repeating it is harmless.</summary>
    Task WriteAsync(string[] events);

    Task<string[]> ReadAsync();
}

/// <summary>Stored: <see cref="JournalGrain.PageSize"/> events, JSON.</summary>
internal sealed class JournalPage
{
    public string[] Events { get; init; } = [];
}

[PreferLocalPlacement]
internal sealed class JournalPageGrain([PersistentState(StateNames.JournalPage, StateNames.Storage)] IPersistentState<JournalPage> page)
    : Grain, IJournalPageGrain
{
    public async Task WriteAsync(string[] events)
    {
        if (page.RecordExists)
        {
            return;
        }

        try
        {
            page.State = new JournalPage { Events = events };
            await page.WriteStateAsync();
        }
        catch (InconsistentStateException)
        {
            // Written already: the same events.
            await page.ReadStateAsync();
        }
    }

    public Task<string[]> ReadAsync() => Task.FromResult(page.State.Events);
}
