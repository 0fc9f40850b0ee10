using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>The layers that a search leaves alone: FP32 weights, whole kernels. A layer that shares the levels of a skipped one is left alone too.</summary>
public static class SkippedLayers
{
    /// <summary>The names behind what a user asked for, in module order; null for none.</summary>
    /// <param name="asked">Names of layers, or <c>first</c> and <c>last</c>; may be null or empty.</param>
    /// <param name="workload">Whose layers.</param>
    /// <exception cref="ArgumentException">No such layer, or none is left to search.</exception>
    public static IReadOnlyList<string>? Named(IReadOnlyList<string>? asked, WorkloadDescription workload)
    {
        if (asked is null or [])
        {
            return null;
        }

        HashSet<string> names = [.. asked.Select(name => NameOf(name, workload))];
        IReadOnlyList<string> skipped = [.. workload.Layers.Select(layer => layer.Name).Where(names.Contains)];
        Require(workload, skipped);
        return skipped;
    }

    /// <exception cref="ArgumentException">No such layer, or none is left to search; the message names it.</exception>
    internal static void Require(WorkloadDescription workload, IReadOnlyList<string>? skipped)
    {
        if (skipped?.FirstOrDefault(name => workload.Layers.All(layer => layer.Name != name)) is string unknown)
        {
            throw new ArgumentException($"Skip: expected layers of {workload.Name}, or first or last, actual '{unknown}'.");
        }

        RequireOwners(workload);
        if (Without(workload.Layers, skipped).Count == 0)
        {
            throw new ArgumentException($"Skip: expected at least one of {workload.Layers.Count} layers left to search, actual none.");
        }
    }

    /// <summary>Levels are taken from an earlier layer that has its own: nothing is looked up twice.</summary>
    private static void RequireOwners(WorkloadDescription workload)
    {
        HashSet<string> owners = [];
        foreach (LayerDescription layer in workload.Layers)
        {
            if (layer.SharesWith is string owner && !owners.Contains(owner))
            {
                throw new ArgumentException(
                    $"Layer {layer.Name} of {workload.Name}: expected the levels of an earlier layer that has its own, actual those of '{owner}'.");
            }

            if (layer.SharesWith is null)
            {
                owners.Add(layer.Name);
            }
        }
    }

    /// <summary>The layers that levels are searched for: those that are not skipped and have levels of their own.</summary>
    internal static IReadOnlyList<LayerDescription> Without(IReadOnlyList<LayerDescription> layers, IReadOnlyList<string>? skipped) =>
        skipped is null && layers.All(layer => layer.SharesWith is null)
            ? layers
            : [.. layers.Where(layer => layer.SharesWith is null && !(skipped?.Contains(layer.Name) ?? false))];

    // A layer may really be called so.
    private static string NameOf(string asked, WorkloadDescription workload) => asked switch
    {
        _ when workload.Layers.Any(layer => layer.Name == asked) => asked,
        "first" => workload.Layers[0].Name,
        "last" => workload.Layers[^1].Name,
        _ => throw new ArgumentException($"Skip: expected layers of {workload.Name}, or first or last, actual '{asked}'."),
    };
}
