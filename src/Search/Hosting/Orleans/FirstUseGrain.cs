namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>One idempotency key: what it came with first.</summary>
internal interface IFirstUseGrain : IGrainWithStringKey
{
    /// <summary>Stores the JSON unless one is there; returns what is stored then.</summary>
    Task<string> ClaimAsync(string json);
}

/// <summary>Stored.</summary>
internal sealed class FirstUse
{
    public string? Json { get; init; }
}

internal sealed class FirstUseGrain([PersistentState(StateNames.FirstUse, StateNames.Storage)] IPersistentState<FirstUse> first) : Grain, IFirstUseGrain
{
    public async Task<string> ClaimAsync(string json)
    {
        if (first.State.Json is null)
        {
            try
            {
                first.State = new FirstUse { Json = json };
                await first.WriteStateAsync();
            }
            catch (OrleansException)
            {
                first.State = new FirstUse();
                DeactivateOnIdle();
                throw;
            }
        }

        return first.State.Json!;
    }
}
