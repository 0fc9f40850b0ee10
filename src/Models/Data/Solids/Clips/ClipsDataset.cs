namespace Bitcurve.Models.Data.Solids;

/// <summary>Clips of a textured shape that moves over a textured ground; the class is the kind of motion, which no single frame tells.</summary>
public static class ClipsDataset
{
    private const long Stream = 109;

    /// <summary>The motions' names in the order of their numbers.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = [.. Enum.GetNames<ClipMotion>().Select(name => name.ToLowerInvariant())];

    public static SampleSplits<ClipsSample> Load(ClipsOptions options) =>
        Generation.Shared("clips", Stream, ClassNames, options, Draw);

    private static ClipsSample Draw(KeyedRandom random, int category, ClipsOptions options)
    {
        var clip = Clip.Sample(random, (ClipMotion)category, options);
        double noise = random.NextUniform(options.SmallestNoise, options.LargestNoise);
        return new ClipsSample(clip.Render(random, options.Length, options.Size, noise), category);
    }
}
