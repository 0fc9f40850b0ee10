namespace Bitcurve.Search.Report;

/// <summary>What a report states but a search does not know about itself.</summary>
public sealed record ReportFacts
{
    public required DateTimeOffset CreatedAt { get; init; }

    public required string ProductVersion { get; init; }

    /// <summary>Seconds that the strategy spent fitting its model and choosing; null when nobody took the time.</summary>
    public double? FitAndChooseSeconds { get; init; }

    /// <summary>Wall time of the whole run, seconds.</summary>
    public double TotalSeconds { get; init; }

    /// <summary>What trained, e.g. <c>cpu</c>.</summary>
    public required string DeviceKind { get; init; }

    /// <summary>Threads of the tensor library; null when workers on other machines trained.</summary>
    public int? Threads { get; init; }
}
