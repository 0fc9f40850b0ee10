using System.Numerics;
using System.Runtime.InteropServices;
using Bitcurve.Models.Data;
using static TorchSharp.torch;

namespace Bitcurve.Models.Training.Scenes;

/// <summary>
/// The surface of an unsigned distance field as points: places are moved along the field's gradient by its value, again and again, and kept where
/// it is then near zero (Chibane et al. 2020, Algorithm 1). Zhou et al.'s meshes, which the thesis extracts, are sampled to points too.
/// </summary>
/// <param name="field">Distances, R, at R places; gradients must reach the tensor of places, R x 3, which it returns too.</param>
/// <param name="range">Largest distance that the field was taught.</param>
public sealed class DenseProjection(Func<Vector3[], (Tensor Places, Tensor Distances)> field, float range)
{
    // Chibane et al.: so many steps each time; what is not within a tenth of the range afterwards is on no surface.
    private const int Steps = 5;
    private const int MostRounds = 20;
    private const float KeptShare = 0.1f;
    private const float RestartedShare = 0.3f;

    /// <summary>Points of the surface, random around all of it; fewer than wanted only if the field has hardly any places near zero.</summary>
    /// <param name="count">Points wanted.</param>
    /// <param name="start">Places to begin with: anywhere.</param>
    /// <param name="random">By which places are moved before each further round.</param>
    public Vector3[] Points(int count, Vector3[] start, KeyedRandom random)
    {
        var found = new List<Vector3>();
        var places = start;
        for (var round = 0; round < MostRounds && found.Count < count; round++)
        {
            var distances = Project(places);

            // The first round's places are anywhere in the cube and reach only some of the surface: they only tell where to look.
            if (round > 0)
            {
                found.AddRange(places.Where((_, k) => distances[k] < KeptShare * range));
            }

            var near = places.Where((_, k) => distances[k] < RestartedShare * range).ToArray();
            if (near.Length == 0)
            {
                break;
            }

            places = [.. places.Select(_ => near[random.NextInt(near.Length)] + (Normal(random) * (range / 3)))];
        }

        return [.. found.Take(count)];
    }

    // Moves the places; returns the field where they end.
    private float[] Project(Vector3[] places)
    {
        for (var step = 0; step < Steps; step++)
        {
            Evaluate(places, moves: true);
        }

        return Evaluate(places, moves: false);
    }

    private float[] Evaluate(Vector3[] places, bool moves)
    {
        using var scope = NewDisposeScope();
        using var recording = enable_grad(moves);
        var (positions, distances) = field(places);
        var values = distances.data<float>().ToArray();
        if (moves)
        {
            distances.sum().backward();
            var gradients = MemoryMarshal.Cast<float, Vector3>(positions.grad!.data<float>().ToArray());
            for (var k = 0; k < places.Length; k++)
            {
                var length = gradients[k].Length();
                places[k] -= length > 0 ? gradients[k] / length * Math.Min(values[k], range) : Vector3.Zero;
            }
        }

        return values;
    }

    private static Vector3 Normal(KeyedRandom random) =>
        new((float)random.NextNormal(), (float)random.NextNormal(), (float)random.NextNormal());
}
