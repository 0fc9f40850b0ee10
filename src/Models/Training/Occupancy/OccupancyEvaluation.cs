using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Networks.Occupancy;
using Bitcurve.Models.Surfaces;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.Occupancy;

/// <summary>Measures an occupancy network on points, queries and views that never change. The network is in evaluation mode, gradients are off.</summary>
internal sealed class OccupancyEvaluation(OccupancyNetwork network, OccupancyProblem problem, OccupancyBatches batches)
{
    // What a measurement samples depends on split and shape alone.
    private const long EvaluationStream = 503;
    private const long MeshStream = 504;
    private const int BatchSize = 25;

    /// <summary>What counts for a mesh without any surface (Mescheder et al. 2019, their code): the diagonal of the unit cube.</summary>
    private static readonly double ChamferOfNothing = Math.Sqrt(3);

    /// <summary>IoU, accuracy and mIoU as far as asked, in this order; each a mean over the split's shapes.</summary>
    internal IReadOnlyList<(string Name, double Value)> Scores(Split split, OccupancyTasks tasks)
    {
        var (iou, right, partIou) = (0.0, 0.0, 0.0);
        var shapes = problem.Data[split];
        var first = 0;
        foreach (var made in FixedBatches(split, shapes.Count))
        {
            using var scope = NewDisposeScope();
            var batch = made();
            var count = (int)batch.Queries.shape[0];
            var encoding = network.Encode(batch.Input);
            var (occupancy, parts) = network.Decode(batch.Queries, encoding, tasks);
            var inside = occupancy?.data<float>().ToArray();
            var labels = parts?.argmax(2).data<long>().ToArray();
            var category = tasks.HasFlag(OccupancyTasks.Classification) ? network.Classify(encoding).argmax(1).data<long>().ToArray() : null;
            for (var n = 0; n < count; n++)
            {
                var shape = shapes[first + n];
                iou += inside is null ? 0 : Iou(Slice(inside, n, count), shape);
                partIou += labels is null ? 0 : PartIou(Slice(labels, n, count), shape);
                right += category is not null && category[n] == shape.Category ? 1 : 0;
            }

            first += count;
        }

        (OccupancyTasks Task, string Name, double Sum)[] sums =
            [(OccupancyTasks.Reconstruction, "IoU", iou), (OccupancyTasks.Classification, "accuracy", right), (OccupancyTasks.Segmentation, "mIoU", partIou)];
        return [.. sums.Where(sum => tasks.HasFlag(sum.Task)).Select(sum => (sum.Name, sum.Sum / shapes.Count))];
    }

    /// <summary>
    /// Chamfer-L1 of extracted meshes: half the sum of both mean distances, in units of the cube (Mescheder et al. 2019, 4).
    /// </summary>
    internal double Chamfer(Split split)
    {
        var shapes = problem.Data[split];
        var count = Math.Min(problem.Options.MeshedShapes, shapes.Count);
        return Enumerable.Range(0, count).Average(k => Chamfer(split, (int)((long)k * shapes.Count / count)));
    }

    /// <summary>The mesh of one shape, and the part label told at each of its vertices where there is a head for it.</summary>
    internal (TriangleMesh Mesh, int[]? Labels) Mesh(Split split, int index)
    {
        using var scope = NewDisposeScope();
        var encoding = network.Encode(Fixed(split, index, 1).Input);
        var mesh = OccupancyMeshes.Extract(network, encoding, problem.Options);
        return (mesh, network.Architecture.Has(OccupancyTasks.Segmentation) ? OccupancyMeshes.PartsAt(network, encoding, mesh.Vertices) : null);
    }

    /// <summary>The first shapes of a split in order, in batches; each is made when called.</summary>
    internal IEnumerable<Func<OccupancyBatch>> FixedBatches(Split split, int limit)
    {
        var total = Math.Min(limit, problem.Data[split].Count);
        for (var first = 0; first < total; first += BatchSize)
        {
            var (from, count) = (first, Math.Min(BatchSize, total - first));
            yield return () => Fixed(split, from, count);
        }
    }

    private OccupancyBatch Fixed(Split split, int first, int count) => batches.Fixed(
        [.. problem.Data[split].Skip(first).Take(count)],
        [.. Enumerable.Range(first, count).Select(index => new KeyedRandom(EvaluationStream, (long)split, index))]);

    private double Chamfer(Split split, int index)
    {
        var mesh = Mesh(split, index).Mesh;
        if (mesh.Area <= 0)
        {
            return ChamferOfNothing;
        }

        var random = new KeyedRandom(MeshStream, (long)split, index);
        var surface = problem.Data[split][index].Surface;
        Vector3[] truth = [.. Enumerable.Range(0, Math.Min(problem.Options.MeshPoints, surface.Length / 3)).Select(k => new Vector3(surface.AsSpan(3 * k, 3)))];
        return SurfaceMetrics.Compare(MeshSampling.Points(mesh, problem.Options.MeshPoints, random).Points, truth).ChamferL1;
    }

    private double Iou(ReadOnlySpan<float> logits, OccupancyShape shape)
    {
        var told = new bool[logits.Length];
        for (var k = 0; k < told.Length; k++)
        {
            told[k] = logits[k] > problem.Options.ThresholdLogit;
        }

        return OccupancyMetrics.IntersectionOverUnion(told, shape.Occupancies.AsSpan(0, told.Length));
    }

    private double PartIou(ReadOnlySpan<long> labels, OccupancyShape shape)
    {
        var told = new int[labels.Length];
        for (var k = 0; k < told.Length; k++)
        {
            told[k] = (int)labels[k];
        }

        return OccupancyMetrics.PartIntersectionOverUnion(told, shape.Parts.AsSpan(0, told.Length), problem.Data.PartsOfCategory[shape.Category]);
    }

    private static ReadOnlySpan<T> Slice<T>(T[] values, int n, int count) => values.AsSpan(n * (values.Length / count), values.Length / count);
}
