namespace Bitcurve.Search.Trials;

/// <summary>How a search shares workers with others.</summary>
/// <param name="Priority">A search of a higher priority is served first; 0 unless told otherwise.</param>
/// <param name="Weight">Among equal priorities, running jobs are in proportion to the weights; above 0.</param>
public sealed record SharingSettings(int Priority = 0, double Weight = 1)
{
    /// <exception cref="ArgumentException">The weight is not above 0.</exception>
    public void Validate()
    {
        if (!(Weight > 0 && double.IsFinite(Weight)))
        {
            throw new ArgumentException($"Weight: expected more than 0, actual {Weight}.");
        }
    }
}
