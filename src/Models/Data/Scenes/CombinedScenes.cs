namespace Bitcurve.Models.Data.Scenes;

/// <summary>Several sets as one; each split is the sum of theirs (thesis 6.5, Triad).</summary>
public sealed class CombinedScenes : SceneSet
{
    private readonly IReadOnlyList<SceneSet> parts;

    /// <exception cref="ArgumentException">The sets differ in their classes.</exception>
    public CombinedScenes(params IReadOnlyList<SceneSet> parts)
    {
        this.parts = parts;
        foreach (var part in parts)
        {
            if (!part.ClassNames.SequenceEqual(parts[0].ClassNames))
            {
                throw new ArgumentException(
                    $"combined scenes: expected the classes {string.Join(", ", parts[0].ClassNames)}, actual {string.Join(", ", part.ClassNames)}");
            }
        }
    }

    public override IReadOnlyList<string> ClassNames => parts[0].ClassNames;

    public override string ContentHash => string.Join('+', parts.Select(part => part.ContentHash));

    public override int Count(Split split) => parts.Sum(part => part.Count(split));

    /// <summary>The parts take turns, so that the first so many are of all of them.</summary>
    public override Scene Get(Split split, int index)
    {
        for (var round = 0; ; round++)
        {
            foreach (var part in parts.Where(part => round < part.Count(split)))
            {
                if (index-- == 0)
                {
                    return part.Get(split, round);
                }
            }

            if (parts.All(part => round >= part.Count(split)))
            {
                throw new ArgumentOutOfRangeException(nameof(index), $"expected a scene among the {Count(split)} of {split}, actual one beyond");
            }
        }
    }
}
