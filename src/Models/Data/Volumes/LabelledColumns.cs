namespace Bitcurve.Models.Data.Volumes;

/// <summary>Volumes with a class for each voxel of their centre column (3DMV, Dai and Niessner 2018).</summary>
public sealed class LabelledColumns
{
    /// <summary>The label of a voxel that belongs to no class: free or unknown.</summary>
    public const int Unlabelled = -1;

    /// <param name="samples">N of C x Z x H x W bytes.</param>
    /// <param name="labels">N x Z class numbers in 0 .. classNames.Count - 1, or <see cref="Unlabelled"/>; some voxel of each column has a class.</param>
    /// <param name="classNames">One name per class.</param>
    /// <exception cref="ArgumentException">The sizes differ, a label names no class, or a column has none.</exception>
    public LabelledColumns(ByteSamples samples, IReadOnlyList<int[]> labels, IReadOnlyList<string> classNames)
    {
        (Samples, Labels, ClassNames) = (samples, labels, classNames);
        if (labels.Count != samples.Count)
        {
            throw new ArgumentException($"{samples.Name}: expected labels for each of {samples.Count} columns, actual {labels.Count}");
        }

        for (var index = 0; index < labels.Count; index++)
        {
            RequireColumn(index);
        }
    }

    public ByteSamples Samples { get; }

    /// <summary>N columns of Z class numbers, <see cref="Unlabelled"/> where a voxel has none.</summary>
    public IReadOnlyList<int[]> Labels { get; }

    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Z.</summary>
    public int Height => Samples.Shape[1];

    private void RequireColumn(int index)
    {
        var column = Labels[index];
        if (column.Length != Height)
        {
            throw new ArgumentException($"{Samples.Name}, column {index}: expected {Height} labels, actual {column.Length}");
        }

        var wrong = Array.FindIndex(column, label => label < Unlabelled || label >= ClassNames.Count);
        if (wrong >= 0)
        {
            throw new ArgumentException($"{Samples.Name}, column {index}, voxel {wrong}: expected a label in 0 .. {ClassNames.Count - 1} or {Unlabelled}, actual {column[wrong]}");
        }

        // A batch without any class has no mean error.
        if (Array.TrueForAll(column, label => label == Unlabelled))
        {
            throw new ArgumentException($"{Samples.Name}, column {index}: expected at least one voxel with a class, actual none");
        }
    }
}
