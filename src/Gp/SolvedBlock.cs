using System.Numerics;
using System.Runtime.InteropServices;

namespace Bitcurve.Gp;

/// <summary>
/// Some rows of L^-1 cov(f_l(x), data) for a batch of points x and a few tasks l. Points lie next to one another, so that vectors hold
/// points: sums over rows need no sum within a vector, however few rows there are.
/// </summary>
/// <param name="Entries">Row r of the t-th task at (t R + r) <see cref="Width"/>, an entry for each point.</param>
/// <param name="FirstPoint">The batch's first point.</param>
/// <param name="Points">Points of the batch, at most <see cref="Width"/>.</param>
/// <param name="FirstRow">The block's first row.</param>
/// <param name="Rows">R.</param>
internal readonly record struct SolvedBlock(double[] Entries, int FirstPoint, int Points, int FirstRow, int Rows)
{
    /// <summary>Points of a batch: enough for a fast product, few enough for a block to stay in the cache.</summary>
    public const int Width = 128;

    /// <summary>Rows of a block: few enough to skip most of what is zero, enough for a fast product.</summary>
    public const int MostRows = 48;

    /// <summary>Four vectors of points at once hide the latency of their sums.</summary>
    private static readonly int _group = 4 * Vector<double>.Count;

    /// <summary>Room that a result needs for <paramref name="points"/> points when whole groups of them are written.</summary>
    public static int Padded(int points) => (points + _group - 1) / _group * _group;

    /// <summary>The entry of the t-th task at a row and a point of this block.</summary>
    public double this[int position, int row, int point] => Entries[(((position * Rows) + row) * Width) + point];

    /// <summary>
    /// covariances[x] -= the product of the columns of two tasks at x over the block's rows [from, to), for each point of the batch.
    /// </summary>
    /// <param name="position">t of the one task.</param>
    /// <param name="other">t of the other.</param>
    /// <param name="from">First row within the block.</param>
    /// <param name="to">One past the last.</param>
    /// <param name="covariances"><see cref="Padded"/> entries for all points, not only the batch's.</param>
    public void SubtractProducts(int position, int other, int from, int to, Span<double> covariances)
    {
        var target = covariances.Slice(FirstPoint, Padded(Points));
        for (var point = 0; point < target.Length; point += _group)
        {
            SubtractGroup(
                Entries.AsSpan((((position * Rows) + from) * Width) + point), Entries.AsSpan((((other * Rows) + from) * Width) + point),
                to - from, target.Slice(point, _group));
        }
    }

    private static void SubtractGroup(ReadOnlySpan<double> left, ReadOnlySpan<double> right, int rows, Span<double> target)
    {
        if (rows == 0)
        {
            return;
        }
        ref var a = ref MemoryMarshal.GetReference(left[..(((rows - 1) * Width) + _group)]);
        ref var b = ref MemoryMarshal.GetReference(right[..(((rows - 1) * Width) + _group)]);
        ref var c = ref MemoryMarshal.GetReference(target);
        var (step, end) = ((nuint)Vector<double>.Count, (nuint)(rows * Width));
        Vector<double> s0 = default, s1 = default, s2 = default, s3 = default;
        for (nuint i = 0; i < end; i += Width)
        {
            s0 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref a, i), Vector.LoadUnsafe(ref b, i), s0);
            s1 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref a, i + step), Vector.LoadUnsafe(ref b, i + step), s1);
            s2 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref a, i + (2 * step)), Vector.LoadUnsafe(ref b, i + (2 * step)), s2);
            s3 = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref a, i + (3 * step)), Vector.LoadUnsafe(ref b, i + (3 * step)), s3);
        }
        (Vector.LoadUnsafe(ref c) - s0).StoreUnsafe(ref c);
        (Vector.LoadUnsafe(ref c, step) - s1).StoreUnsafe(ref c, step);
        (Vector.LoadUnsafe(ref c, 2 * step) - s2).StoreUnsafe(ref c, 2 * step);
        (Vector.LoadUnsafe(ref c, 3 * step) - s3).StoreUnsafe(ref c, 3 * step);
    }
}
