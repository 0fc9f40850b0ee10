using Bitcurve.Models.Data;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.Occupancy;

/// <summary>Draws what the network sees of shapes and makes tensors of it.</summary>
internal sealed class OccupancyBatches(OccupancyOptions options, bool hasImages, Device device)
{
    // Mean and standard deviation of ImageNet's colours, with which residual networks are published (He et al. 2016).
    private static readonly float[] ColourMean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] ColourDeviation = [0.229f, 0.224f, 0.225f];

    /// <summary>A batch with queries, points and views drawn from <paramref name="random"/>, with replacement (Mescheder et al. 2019).</summary>
    internal OccupancyBatch Drawn(IReadOnlyList<OccupancyShape> shapes, KeyedRandom random)
    {
        var queries = shapes.Select(shape => Choices(shape.QueryCount, options.Queries, random)).ToList();
        var input = hasImages ? Images(shapes, shape => random.NextInt(shape.Images.Count)) : Points(shapes, _ => random);
        return Batch(shapes, input, queries);
    }

    /// <summary>A batch that is always the same: the first queries and view, points by each shape's own stream.</summary>
    /// <param name="shapes">N shapes with as many queries each.</param>
    /// <param name="streams">N streams.</param>
    internal OccupancyBatch Fixed(IReadOnlyList<OccupancyShape> shapes, IReadOnlyList<KeyedRandom> streams)
    {
        var count = Math.Min(options.EvaluationQueries, shapes.Min(shape => shape.QueryCount));
        int[] first = [.. Enumerable.Range(0, count)];
        var input = hasImages ? Images(shapes, _ => 0) : Points(shapes, k => streams[k]);
        return Batch(shapes, input, [.. shapes.Select(_ => first)]);
    }

    private OccupancyBatch Batch(IReadOnlyList<OccupancyShape> shapes, Tensor input, List<int[]> queries)
    {
        var count = queries[0].Length;
        var positions = new float[shapes.Count * count * 3];
        var occupancies = new float[shapes.Count * count];
        var (rows, labels) = (new List<long>(), new List<long>());
        for (var n = 0; n < shapes.Count; n++)
        {
            var shape = shapes[n];
            for (var t = 0; t < count; t++)
            {
                var (row, query) = ((n * count) + t, queries[n][t]);
                shape.Queries.AsSpan(3 * query, 3).CopyTo(positions.AsSpan(3 * row));
                occupancies[row] = shape.Occupancies[query];
                if (shape.Parts.Length > 0 && shape.Parts[query] != OccupancyShape.Outside)
                {
                    rows.Add(row);
                    labels.Add(shape.Parts[query]);
                }
            }
        }

        return new(
            input,
            tensor(positions, [shapes.Count, count, 3], device: device),
            tensor(occupancies, [shapes.Count, count], device: device),
            tensor(rows.ToArray(), device: device),
            tensor(labels.ToArray(), device: device),
            tensor([.. shapes.Select(shape => (long)shape.Category)], device: device));
    }

    // N x P x 3.
    private Tensor Points(IReadOnlyList<OccupancyShape> shapes, Func<int, KeyedRandom> streamOf)
    {
        var positions = new float[shapes.Count * options.Points * 3];
        for (var n = 0; n < shapes.Count; n++)
        {
            var (shape, random) = (shapes[n], streamOf(n));
            var own = positions.AsSpan(n * options.Points * 3, options.Points * 3);
            for (var k = 0; k < options.Points; k++)
            {
                shape.Surface.AsSpan(3 * random.NextInt(shape.SurfaceCount), 3).CopyTo(own[(3 * k)..]);
            }

            for (var k = 0; k < own.Length; k++)
            {
                own[k] += options.Noise * (float)random.NextNormal();
            }
        }

        return tensor(positions, [shapes.Count, options.Points, 3], device: device);
    }

    // N x 3 x S x S.
    private Tensor Images(IReadOnlyList<OccupancyShape> shapes, Func<OccupancyShape, int> viewOf)
    {
        var pixels = shapes[0].Images[0].Length;
        var extent = (int)Math.Sqrt(pixels / 3.0);
        var values = new float[shapes.Count * pixels];
        for (var n = 0; n < shapes.Count; n++)
        {
            var image = shapes[n].Images[viewOf(shapes[n])];
            for (var k = 0; k < pixels; k++)
            {
                var colour = k / (extent * extent);
                values[(n * pixels) + k] = ((image[k] / 255f) - ColourMean[colour]) / ColourDeviation[colour];
            }
        }

        return tensor(values, [shapes.Count, 3, extent, extent], device: device);
    }

    private static int[] Choices(int count, int wanted, KeyedRandom random)
    {
        var chosen = new int[wanted];
        for (var k = 0; k < wanted; k++)
        {
            chosen[k] = random.NextInt(count);
        }

        return chosen;
    }
}
