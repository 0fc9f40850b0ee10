namespace Bitcurve.Models.Data.Volumes;

/// <summary>Volumes with a class each.</summary>
public sealed class LabelledVolumes
{
    /// <param name="samples">N of C x D x H x W bytes.</param>
    /// <param name="labels">N class numbers in 0 .. classNames.Count - 1.</param>
    /// <param name="classNames">One name per class.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a label names no class.</exception>
    public LabelledVolumes(ByteSamples samples, IReadOnlyList<int> labels, IReadOnlyList<string> classNames)
    {
        if (labels.Count != samples.Count)
        {
            throw new ArgumentException($"{samples.Name}: expected a label for each of {samples.Count} samples, actual {labels.Count}");
        }

        for (var index = 0; index < labels.Count; index++)
        {
            if (labels[index] < 0 || labels[index] >= classNames.Count)
            {
                throw new ArgumentException($"{samples.Name}, sample {index}: expected a label in 0 .. {classNames.Count - 1}, actual {labels[index]}");
            }
        }

        (Samples, Labels, ClassNames) = (samples, labels, classNames);
    }

    public ByteSamples Samples { get; }

    /// <summary>N class numbers.</summary>
    public IReadOnlyList<int> Labels { get; }

    public IReadOnlyList<string> ClassNames { get; }
}
