namespace Bitcurve.Models.Training.Occupancy;

/// <summary>The best answer to where shapes are that does not look at any: how often each cell of the cube lay inside a training shape.</summary>
internal sealed class MeanShape
{
    private const int Cells = 16;

    // Shapes reach to 0.5, queries a little beyond.
    private const float Reach = 0.55f;

    private static readonly double[] Thresholds = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5];

    private readonly double[] frequencies = new double[Cells * Cells * Cells];
    private readonly double threshold;

    /// <param name="training">The threshold is the one that suits these best.</param>
    internal MeanShape(IReadOnlyList<OccupancyShape> training)
    {
        var counts = new int[frequencies.Length];
        foreach (var shape in training)
        {
            for (var q = 0; q < shape.QueryCount; q++)
            {
                counts[CellOf(shape, q)]++;
                frequencies[CellOf(shape, q)] += shape.Occupancies[q];
            }
        }

        for (var cell = 0; cell < counts.Length; cell++)
        {
            frequencies[cell] /= Math.Max(1, counts[cell]);
        }

        threshold = Thresholds.MaxBy(t => MeanIou(training, t));
    }

    /// <summary>Mean IoU on shapes.</summary>
    internal double MeanIou(IReadOnlyList<OccupancyShape> shapes) => MeanIou(shapes, threshold);

    private double MeanIou(IReadOnlyList<OccupancyShape> shapes, double level) => shapes.Average(shape =>
    {
        bool[] told = [.. Enumerable.Range(0, shape.QueryCount).Select(q => frequencies[CellOf(shape, q)] > level)];
        return OccupancyMetrics.IntersectionOverUnion(told, shape.Occupancies);
    });

    private static int CellOf(OccupancyShape shape, int query)
    {
        var cell = 0;
        for (var axis = 2; axis >= 0; axis--)
        {
            var along = (int)((shape.Queries[(3 * query) + axis] + Reach) / (2 * Reach) * Cells);
            cell = (cell * Cells) + Math.Clamp(along, 0, Cells - 1);
        }

        return cell;
    }
}
