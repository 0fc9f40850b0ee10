namespace Bitcurve.Models.Networks.Occupancy;

/// <summary>The sizes of an occupancy network and the heads that it has.</summary>
public sealed record OccupancyArchitecture
{
    /// <summary>As published with points (Mescheder et al. 2019; thesis 5.4.2): 512 wide encoder and encoding, 256 wide decoders.</summary>
    public static readonly OccupancyArchitecture FullPoints = new();

    /// <summary>As published with images: ResNet-18 to an encoding of 256.</summary>
    public static readonly OccupancyArchitecture FullImage = new() { ImageExtent = 224, EncodingWidth = 256 };

    /// <summary>The same parts, an eighth as wide.</summary>
    public static readonly OccupancyArchitecture SmallPoints = new() { EncoderWidth = 64, EncodingWidth = 64, DecoderWidth = 64 };

    /// <summary>The same parts, narrower, with ResNet-8 for ResNet-18.</summary>
    public static readonly OccupancyArchitecture SmallImage = SmallPoints with { ImageExtent = 48 };

    /// <summary>The heads.</summary>
    public OccupancyTasks Tasks { get; init; } = OccupancyTasks.Reconstruction;

    /// <summary>Whether one decoder tells occupancy and part, its output sliced, rather than two in parallel (thesis 5.4.2).</summary>
    public bool HasJointDecoder { get; init; }

    /// <summary>h, channels of each point in the point encoder.</summary>
    public int EncoderWidth { get; init; } = 512;

    /// <summary>c, length of the encoding.</summary>
    public int EncodingWidth { get; init; } = 512;

    /// <summary>Channels of each query point in the decoders.</summary>
    public int DecoderWidth { get; init; } = 256;

    /// <summary>Rows and columns of the images that the encoder takes; 0: it takes points.</summary>
    public int ImageExtent { get; init; }

    /// <summary>K, categories that the classifier tells apart.</summary>
    public int Categories { get; init; } = 1;

    /// <summary>Part labels, of all categories together.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Whether the encoder takes images.</summary>
    public bool HasImages => ImageExtent > 0;

    /// <summary>Whether there is a head for all of <paramref name="tasks"/>.</summary>
    public bool Has(OccupancyTasks tasks) => (Tasks & tasks) == tasks;
}
