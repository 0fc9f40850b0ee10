namespace Bitcurve.Gp;

/// <summary>All observations of randomly chosen inputs: a part of the data with the same mixture of tasks at an input.</summary>
internal static class SampledInputs
{
    /// <summary>About <paramref name="count"/> observations; the same seed chooses the same inputs.</summary>
    public static Observations Of(Observations observations, int count, int seed)
    {
        var inputs = observations.Design.Inputs;
        int[] order = [.. Enumerable.Range(0, inputs.Count)];
        new Random(seed).Shuffle(order);
        var rank = new int[inputs.Count];
        for (var r = 0; r < order.Length; r++)
        {
            rank[order[r]] = r;
        }
        var kept = Math.Max(1, (int)((long)inputs.Count * count / observations.Count));
        int[] rows = [.. Enumerable.Range(0, observations.Count).Where(i => rank[inputs.InputOf[i]] < kept)];
        return new Observations(observations.Design.Select(rows), [.. rows.Select(i => observations.Values[i])]);
    }
}
