namespace Bitcurve.Search.Space;

/// <summary>One network that the space can reach.</summary>
/// <param name="Bits">Levels; unique within a list of candidates.</param>
/// <param name="W">Curve parameters that generate <paramref name="Bits"/>, inside their cell rather than on its border.</param>
public sealed record Candidate(BitVector Bits, IReadOnlyList<double> W);

/// <summary>
/// The distinct level vectors of a curve space. Many w give the same network, so a search compares networks, not parameters.
/// </summary>
public static class Candidates
{
    /// <summary>
    /// Grid points per axis for 1 and 2 parameters, growing with the layers because cells shrink: 101 for 8 layers, where <c>bezier:2</c> has 476
    /// networks on this and any finer grid (61 points miss 13456788 and 88765431, 0.03 % of the square each), 245 for 20 layers.
    /// </summary>
    public static int DefaultPointsPerAxis(int layers) => (12 * layers) + 5;

    /// <summary>Halton points for 3 parameters and more, to which the corners of the cube and the level curves are added.</summary>
    public const int DefaultSequencePoints = 20_000;

    /// <summary>All distinct networks among the sampled parameters, ascending by their bits; the same list on every call.</summary>
    /// <exception cref="ArgumentException">Fewer than 2 points per axis, or fewer than 1 sequence point.</exception>
    public static IReadOnlyList<Candidate> Of(
        CurveSpace space, int? gridPointsPerAxis = null, int sequencePoints = DefaultSequencePoints)
    {
        int pointsPerAxis = gridPointsPerAxis ?? DefaultPointsPerAxis(space.Layers);
        if (pointsPerAxis < 2 || sequencePoints < 1)
        {
            throw new ArgumentException(
                $"Candidates: expected at least 2 points per axis and 1 sequence point, actual {pointsPerAxis} and {sequencePoints}.");
        }

        IEnumerable<double[]> points = space.Parameters <= 2
            ? Grid(space.Parameters, pointsPerAxis)
            : Grid(space.Parameters, 2)
                .Concat(LevelCurves(space))
                .Concat(Enumerable.Range(1, sequencePoints).Select(index => HaltonSequence.Point(index, space.Parameters)));

        return [.. points
            .GroupBy(space.BitsAt)
            .Select(cell => new Candidate(cell.Key, Representative(space, cell.Key, [.. cell])))
            .OrderBy(candidate => candidate.Bits)];
    }

    /// <summary>The mean of a cell's points when it generates the same network, else the generating point nearest to it.</summary>
    private static double[] Representative(CurveSpace space, BitVector bits, IReadOnlyList<double[]> points)
    {
        double[] mean = [.. Enumerable.Range(0, space.Parameters).Select(axis => Math.Clamp(points.Average(point => point[axis]), 0, 1))];
        return space.BitsAt(mean) == bits ? mean : points.MinBy(point => SquaredDistance(point, mean))!;
    }

    /// <summary>Uniform networks are the reference for all others, and too small a part of the cube to be met by chance.</summary>
    private static IEnumerable<double[]> LevelCurves(CurveSpace space) =>
        space.UniformNetworks().Select(uniform => space.UniformParameters(uniform.Level)).OfType<double[]>();

    private static double SquaredDistance(double[] left, double[] right) =>
        left.Zip(right, (a, b) => (a - b) * (a - b)).Sum();

    private static IEnumerable<double[]> Grid(int dimension, int pointsPerAxis)
    {
        IEnumerable<double[]> points = [[]];
        for (int axis = 0; axis < dimension; axis++)
        {
            points = points.SelectMany(
                point => Enumerable.Range(0, pointsPerAxis),
                (point, step) => (double[])[.. point, step / (double)(pointsPerAxis - 1)]);
        }

        return points;
    }
}
