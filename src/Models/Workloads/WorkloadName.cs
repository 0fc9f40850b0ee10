using Bitcurve.Models.Networks;

namespace Bitcurve.Models.Workloads;

/// <summary>A workload as users write it: <c>NETWORK/DATA</c>, <c>NETWORK/DATA:FOLDER</c>, either with <c>@small</c> behind it.</summary>
/// <param name="Network">Left of the slash.</param>
/// <param name="Data">Right of the slash; the family's first kind of data where the user named none.</param>
/// <param name="Folder">Behind the colon, or null.</param>
/// <param name="Scale">Size of network and data.</param>
public sealed record WorkloadName(string Network, string Data, string? Folder, WorkloadScale Scale)
{
    /// <summary>Ends the name of a workload of small scale.</summary>
    public const string SmallSuffix = NetworkCatalogue.SmallSuffix;

    /// <summary>Names the scales as users write them.</summary>
    public const string ScaleNames = "full or small";

    /// <exception cref="ArgumentException">No system has this network, it does not take this data, or has no such scale.</exception>
    public static WorkloadName Parse(string text)
    {
        var isSmall = text.EndsWith(SmallSuffix, StringComparison.Ordinal);
        var name = isSmall ? text[..^SmallSuffix.Length] : text;
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        if (slash == 0 || slash == name.Length - 1 || name.Length == 0)
        {
            throw new ArgumentException($"unknown workload '{text}': expected NETWORK/DATA, for example vgg8/shapes32");
        }

        var network = slash < 0 ? name : name[..slash];
        var family = SystemCatalogue.Find(network);
        var scale = isSmall ? WorkloadScale.Small : WorkloadScale.Full;
        if (!family.Scales.Contains(scale))
        {
            throw new ArgumentException($"unknown workload '{text}': expected {network} without {SmallSuffix}, it has one size");
        }

        var data = slash < 0 ? family.Data[0].Name : name[(slash + 1)..];
        var colon = data.IndexOf(':', StringComparison.Ordinal);
        return new(network, colon < 0 ? data : data[..colon], colon < 0 ? null : data[(colon + 1)..], scale);
    }

    /// <summary>The same at another scale.</summary>
    /// <param name="text">A name, with or without a scale.</param>
    /// <param name="scale"><c>full</c> or <c>small</c>; null leaves the name as it is.</param>
    /// <exception cref="ArgumentException">The scale is neither, or contradicts the name.</exception>
    public static string AtScale(string text, string? scale) => scale switch
    {
        null => text,
        "full" when !text.EndsWith(SmallSuffix, StringComparison.Ordinal) => text,
        "small" => text.EndsWith(SmallSuffix, StringComparison.Ordinal) ? text : text + SmallSuffix,
        "full" => throw new ArgumentException($"--scale: expected small for '{text}', actual full"),
        _ => throw new ArgumentException($"--scale: expected {ScaleNames}, actual '{scale}'"),
    };

    /// <summary>The full name of a workload that is named by its network alone; any other text, also another worker's, as it is.</summary>
    public static string Complete(string text)
    {
        var network = text.EndsWith(SmallSuffix, StringComparison.Ordinal) ? text[..^SmallSuffix.Length] : text;
        return SystemCatalogue.Contains(network) ? Parse(text).ToString() : text;
    }

    /// <summary>The kind of data that this name chooses.</summary>
    /// <exception cref="ArgumentException">The family does not take it; the message lists what it takes.</exception>
    public WorkloadDataChoice ChoiceFrom(WorkloadFamily family)
    {
        var known = family.Data.FirstOrDefault(data => data.Name == Data && data.IsFolder == !string.IsNullOrEmpty(Folder));
        return known is null
            ? throw new ArgumentException($"unknown data '{(Folder is null ? Data : $"{Data}:{Folder}")}' for {Network}: expected {string.Join(", ", family.Data.Select(data => data.Text))}")
            : new(Data, Folder);
    }

    public override string ToString() => $"{Network}/{Data}{(Folder is null ? "" : $":{Folder}")}{(Scale == WorkloadScale.Small ? SmallSuffix : "")}";
}
