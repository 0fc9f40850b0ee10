using System.Numerics;
using System.Runtime.InteropServices;
using Bitcurve.Models.Data;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.DistanceFields;

/// <summary>
/// Points of the surface of a distance field f: random points are moved to p - f(p) grad f(p) / |grad f(p)| again and again, and those that end
/// near the surface are kept (Chibane, Mir, Pons-Moll 2020, algorithm 1).
/// </summary>
/// <param name="options">How many points and moves.</param>
public sealed class SurfaceProjection(DistanceFieldOptions options)
{
    private const long FirstStream = 301;
    private const long DenseStream = 302;

    // Of the clamp: how far apart kept points are sown anew (the authors' code).
    private const double Spread = 1.0 / 3;

    /// <summary>Always as many points as the options say; those near the surface if there are any, else wherever they ended.</summary>
    /// <param name="field">Distances of 1 x P x 3 points: 1 x P, differentiable by the points.</param>
    /// <param name="key">Names the random points: the same key, the same points.</param>
    /// <param name="device">Where to compute.</param>
    public Vector3[] Cloud(Func<Tensor, Tensor> field, long key, Device device)
    {
        var random = new KeyedRandom(key, FirstStream);
        var first = new Vector3[options.FirstPoints];
        for (var k = 0; k < first.Length; k++)
        {
            first[k] = new((float)random.NextUniform(-0.5, 0.5), (float)random.NextUniform(-0.5, 0.5), (float)random.NextUniform(-0.5, 0.5));
        }

        // Sown again around the points found, since few of the first ones reach a small surface.
        var found = Moved(field, first, device);
        random = new KeyedRandom(key, DenseStream);
        var dense = new Vector3[options.CloudPoints];
        var deviation = options.Clamp * Spread;
        for (var k = 0; k < dense.Length; k++)
        {
            dense[k] = found[random.NextInt(found.Length)]
                + new Vector3((float)(deviation * random.NextNormal()), (float)(deviation * random.NextNormal()), (float)(deviation * random.NextNormal()));
        }

        return Moved(field, dense, device);
    }

    // The points near the surface; all if none are.
    private Vector3[] Moved(Func<Tensor, Tensor> field, Vector3[] start, Device device)
    {
        using var scope = NewDisposeScope();
        var points = tensor(MemoryMarshal.Cast<Vector3, float>(start).ToArray(), [1, start.Length, 3], device: device);
        for (var step = 0; step < options.ProjectionSteps; step++)
        {
            using var inner = NewDisposeScope();
            points = Step(field, points).MoveToOuterDisposeScope();
        }

        float[] left;
        using (no_grad())
        {
            left = field(points).cpu().data<float>().ToArray();
        }

        var ends = MemoryMarshal.Cast<float, Vector3>(points.cpu().contiguous().data<float>().ToArray()).ToArray();
        var near = ends.Where((_, k) => left[k] < options.Tolerance).ToArray();
        return near.Length > 0 ? near : ends;
    }

    private Tensor Step(Func<Tensor, Tensor> field, Tensor points)
    {
        Tensor distance;
        using var at = points.detach().with_requires_grad();
        using (enable_grad())
        {
            distance = field(at).clamp(max: options.Clamp);
            distance.sum().backward();
        }

        using var recording = no_grad();
        using var gradient = at.grad!;

        // Where the field is flat there is no direction: such a point stays.
        var length = linalg.vector_norm(gradient, 2, [2], keepdim: true).clamp(min: 1e-12);
        return (points - (gradient / length * distance.detach().unsqueeze(2))).clamp(-0.5, 0.5);
    }
}
