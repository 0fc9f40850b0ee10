using Bitcurve.Models.Data;

namespace Bitcurve.Models.Training.Volumes;

/// <summary>
/// Which turns and mirrorings of a volume give another sample of the same kind: what training may vary. They move whole voxels, so nothing is
/// interpolated.
/// </summary>
/// <param name="Turns">Whether any of the eight turns and mirrorings of the plane may happen; else only the mirroring left-right.</param>
/// <param name="Plane">The two axes of the plane, counted among positions: (1, 2) are rows and columns. Equal extents if it turns.</param>
/// <param name="MirroredClasses">What each class is called after mirroring left-right ("moves left" becomes "moves right"); null if mirroring keeps classes.</param>
public sealed record VolumeSymmetry(bool Turns, (int First, int Second) Plane, IReadOnlyList<int>? MirroredClasses = null)
{
    /// <summary>Volumes that stand on the plane of rows and columns, the first axis pointing up: 3DMV's columns.</summary>
    public static readonly VolumeSymmetry AboutFirstAxis = new(Turns: true, (1, 2));

    /// <summary>Volumes that stand on the plane of slices and columns, the rows pointing up: voxels in z, y, x order with y up.</summary>
    public static readonly VolumeSymmetry AboutRows = new(Turns: true, (0, 2));

    /// <summary>Clips: frames, rows, columns.</summary>
    /// <param name="mirroredClasses">See the record.</param>
    public static VolumeSymmetry MirrorsColumns(IReadOnlyList<int>? mirroredClasses) => new(Turns: false, (1, 2), mirroredClasses);

    /// <summary>The moves of a batch; none if the recipe varies nothing.</summary>
    internal IReadOnlyList<VolumeMove> Moves(int count, TrainingRecipe recipe, KeyedRandom random)
    {
        var varies = recipe.Augmentation is { FlipHorizontal: true } or { FlipVertical: true } or { TransposeBatch: true };
        return [.. Enumerable.Range(0, count).Select(_ => varies ? Draw(random) : default)];
    }

    /// <summary>Draws the move of one sample; takes exactly three numbers from the stream.</summary>
    public VolumeMove Draw(KeyedRandom random)
    {
        var (swap, first, second) = (random.NextBool(0.5), random.NextBool(0.5), random.NextBool(0.5));
        return new(Turns && swap, Turns && first, second);
    }

    /// <summary>The class of a sample after its move.</summary>
    public int ClassAfter(VolumeMove move, int label) => move.MirrorsSecond && MirroredClasses is not null ? MirroredClasses[label] : label;
}

/// <summary>One of the eight symmetries of a square: first perhaps a swap of the plane's axes, then perhaps mirrorings.</summary>
public readonly record struct VolumeMove(bool Swaps, bool MirrorsFirst, bool MirrorsSecond)
{
    /// <summary>Moves one sample's voxels and puts its channels innermost.</summary>
    /// <param name="volume">C x D x H x W bytes.</param>
    /// <param name="shape">C, D, H, W.</param>
    /// <param name="plane">The two axes that the move concerns, counted among positions.</param>
    /// <param name="output">D x H x W x C bytes.</param>
    /// <exception cref="ArgumentException">Axes of different extents are to be swapped.</exception>
    public void Apply(ReadOnlySpan<byte> volume, IReadOnlyList<int> shape, (int First, int Second) plane, Span<byte> output)
    {
        var (channels, rows, columns) = (shape[0], shape[2], shape[3]);
        var slices = shape[1];
        Span<int> step = [rows * columns, columns, 1];
        var (start, positions) = (0, slices * rows * columns);
        if (Swaps)
        {
            if (shape[1 + plane.First] != shape[1 + plane.Second])
            {
                throw new ArgumentException($"expected a square to turn, actual {shape[1 + plane.First]} x {shape[1 + plane.Second]}");
            }

            (step[plane.First], step[plane.Second]) = (step[plane.Second], step[plane.First]);
        }

        if (MirrorsFirst)
        {
            start += step[plane.First] * (shape[1 + plane.First] - 1);
            step[plane.First] *= -1;
        }

        if (MirrorsSecond)
        {
            start += step[plane.Second] * (shape[1 + plane.Second] - 1);
            step[plane.Second] *= -1;
        }

        var target = 0;
        for (var slice = 0; slice < slices; slice++)
        {
            for (var row = 0; row < rows; row++)
            {
                var source = start + (slice * step[0]) + (row * step[1]);
                for (var column = 0; column < columns; column++, source += step[2])
                {
                    for (var channel = 0; channel < channels; channel++)
                    {
                        output[target++] = volume[(channel * positions) + source];
                    }
                }
            }
        }
    }
}
