using static TorchSharp.torch;

namespace Bitcurve.Models.Series;

/// <summary>
/// The linear map between a layer's series coefficients (O x C x h1 x h2 ..) and its kernels (O x C x k1 x k2 ..), the same for all
/// O x C filters: the tensor product of the bases along the axes (thesis ch. 4, eq. 3 and 4). One to three axes, each with its own
/// number of harmonics. Keeps the matrix as a tensor on the device that asked last; belongs to one thread.
/// </summary>
public sealed class SeriesExpansion : IDisposable
{
    /// <summary>Largest product of the kernel extents: the matrix has up to its square of elements.</summary>
    public const int MaxPositions = 4096;

    private const int MaxAxes = 3;

    // The distance from 1 to the next float, 2^-23.
    private const double SinglePrecision = 1.0 / (1 << 23);

    private readonly int[] harmonics;
    private readonly int[] extents;

    // K x H (kernel positions x coefficients), last axis innermost.
    private readonly double[,] matrix;
    private Tensor? matrixTensor;

    /// <param name="kind">The series.</param>
    /// <param name="harmonics">h1, h2 ..: harmonics along each kernel axis, 1..extent.</param>
    /// <param name="extents">k1, k2 ..: the kernel's extents, one to three.</param>
    /// <exception cref="ArgumentException">Counts differ, there are no or more than three axes, an entry is out of range, the kernel is too large.</exception>
    public SeriesExpansion(SeriesKind kind, IReadOnlyList<int> harmonics, IReadOnlyList<int> extents)
    {
        if (extents.Count is < 1 or > MaxAxes || harmonics.Count != extents.Count)
        {
            throw new ArgumentException(
                $"harmonics per axis: expected one to {MaxAxes} kernel axes with one entry each, " +
                $"got {harmonics.Count} harmonics for {extents.Count} axes",
                nameof(harmonics));
        }

        if (extents.Aggregate(1L, (product, extent) => product * Math.Max(extent, 1)) > MaxPositions)
        {
            throw new ArgumentException($"kernel extents: expected at most {MaxPositions} positions, got {string.Join('x', extents)}", nameof(extents));
        }

        (Kind, this.harmonics, this.extents) = (kind, [.. harmonics], [.. extents]);
        matrix = Bases().Aggregate(MatrixAlgebra.Kronecker);
    }

    public SeriesKind Kind { get; }

    public IReadOnlyList<int> Harmonics => harmonics;

    public IReadOnlyList<int> Extents => extents;

    /// <summary>H: coefficients per filter.</summary>
    public int CoefficientCount => matrix.GetLength(1);

    /// <summary>K: kernel positions per filter.</summary>
    public int PositionCount => matrix.GetLength(0);

    /// <summary>The kernels that the coefficients stand for; the gradient goes on to the coefficients.</summary>
    /// <param name="coefficients">O x C x h1 x h2 .., any floating type, device and layout; fastest with the channels innermost in memory.</param>
    /// <returns>O x C x k1 x k2 .., with the channels innermost in memory.</returns>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public Tensor Expand(Tensor coefficients)
    {
        CheckShape(coefficients, harmonics, nameof(coefficients));
        using var scope = NewDisposeScope();
        var rows = KernelLayout.Rows(coefficients); // O x H x C
        return KernelLayout.Kernels(Product(MatrixOn(rows), rows), extents).MoveToOuterDisposeScope();
    }

    /// <summary>The coefficients whose kernels are nearest in the sum of squares, filter by filter: the closed form of eq. 5's minimum.</summary>
    /// <param name="weight">O x C x k1 x k2 .., any floating type, device and layout.</param>
    /// <returns>O x C x h1 x h2 .., of the weight's type and device, channels innermost in memory. Carries no gradient.</returns>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public Tensor Project(Tensor weight)
    {
        CheckShape(weight, extents, nameof(weight));
        using var scope = NewDisposeScope();
        using var recording = no_grad();

        // The pseudo-inverse of a Kronecker product is the product of the pseudo-inverses. In double precision: with many harmonics
        // the coefficients are far larger than the weights. Directions in which their rounding to single precision would be as large
        // as the weights themselves are left out (from 13 cosines on 13 x 13 positions).
        var cutoff = Math.Pow(SinglePrecision, 1.0 / extents.Length);
        var inverse = Bases().Select(basis => MatrixAlgebra.PseudoInverse(basis, cutoff)).Aggregate(MatrixAlgebra.Kronecker);
        var rows = KernelLayout.Rows(weight.detach()).to_type(ScalarType.Float64); // O x K x C
        var coefficients = Product(ToTensor(inverse, rows), rows).to_type(weight.dtype);
        return KernelLayout.Kernels(coefficients, harmonics).MoveToOuterDisposeScope();
    }

    public void Dispose() => matrixTensor?.Dispose();

    /// <summary>What eq. 5's gradient 2/K (G a - B^T w) is made of, for rows of channels.</summary>
    /// <param name="weight">O x C x k1 x k2 ...</param>
    /// <returns>G = B^T B, H x H as 1 x H x H, and B^T w, O x H x C; single precision.</returns>
    internal (Tensor Gram, Tensor Moments) NormalEquations(Tensor weight)
    {
        CheckShape(weight, extents, nameof(weight));
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var rows = KernelLayout.Rows(weight.detach()).to_type(ScalarType.Float64); // O x K x C
        var moments = Product(ToTensor(matrix, rows).permute(0, 2, 1), rows).to_type(ScalarType.Float32);
        return (ToTensor(MatrixAlgebra.Gram(matrix), moments).MoveToOuterDisposeScope(), moments.MoveToOuterDisposeScope());
    }

    /// <summary>The same matrix (1 x m x n) times every output channel's rows (O x n x C): O x m x C, contiguous.</summary>
    internal static Tensor Product(Tensor matrix, Tensor rows) =>
        matrix.expand(rows.shape[0], matrix.shape[1], matrix.shape[2]).bmm(rows);

    private IEnumerable<double[,]> Bases() => harmonics.Zip(extents, (count, extent) => SeriesBasis.Matrix(Kind, count, extent));

    private Tensor MatrixOn(Tensor rows)
    {
        var (type, device) = (rows.dtype, rows.device);
        if (matrixTensor is null || matrixTensor.dtype != type || matrixTensor.device.type != device.type || matrixTensor.device.index != device.index)
        {
            matrixTensor?.Dispose();
            matrixTensor = ToTensor(matrix, rows).DetachFromDisposeScope();
        }

        return matrixTensor;
    }

    // m x n as 1 x m x n, of the rows' type and on their device.
    private static Tensor ToTensor(double[,] matrix, Tensor rows) =>
        tensor(matrix.Cast<double>().ToArray(), [1, matrix.GetLength(0), matrix.GetLength(1)], rows.dtype, rows.device);

    private static void CheckShape(Tensor kernels, int[] extents, string name)
    {
        var shape = kernels.shape;
        if (shape.Length != extents.Length + 2 || !shape[2..].SequenceEqual(extents.Select(extent => (long)extent)))
        {
            throw new ArgumentException($"{name}: expected shape O x C x {string.Join(" x ", extents)}, got {string.Join(" x ", shape)}", name);
        }
    }
}
