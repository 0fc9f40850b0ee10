using System.Numerics;
using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Data.Formats;

/// <summary>Columns of voxels drawn from one scene.</summary>
internal static class ScanNetColumns
{
    private const int Height = ColumnGrid.Height;
    private const int Side = ColumnGrid.Side;
    private const float Voxel = ColumnGrid.VoxelMetres;

    // So many random points on a square of a voxel's side leave it empty with a probability of e^-8.
    private const int PointsPerVoxelSquare = 8;

    internal static ColumnSample[] Draw(ScanNetScene scene, int count, KeyedRandom random)
    {
        int points = Math.Max(count, (int)Math.Min(int.MaxValue / 64, scene.Mesh.Area / (Voxel * Voxel) * PointsPerVoxelSquare));
        MeshSample surface = MeshSampling.Points(scene.Mesh, points, random);
        byte[] labels = scene.TriangleLabels();
        float floor = scene.Mesh.Vertices.Min(vertex => vertex.Y);
        var columns = new ColumnSample[count];
        for (int k = 0; k < count; k++)
        {
            Vector3 middle = surface.Points[random.NextInt(points)];
            float bottom = floor - ((1.5f + random.NextInt(4)) * Voxel);
            var corner = new Vector3(middle.X - (Side * Voxel / 2), bottom, middle.Z - (Side * Voxel / 2));
            columns[k] = Column(surface, labels, corner);
        }

        return columns;
    }

    private static ColumnSample Column(MeshSample surface, byte[] labels, Vector3 corner)
    {
        const int Voxels = Height * Side * Side;
        sbyte[] grid = new sbyte[2 * Voxels];
        grid.AsSpan(Voxels).Fill(1);
        byte[] column = new byte[Height];
        for (int k = 0; k < surface.Points.Length; k++)
        {
            Vector3 place = (surface.Points[k] - corner) / Voxel;
            if (place.X >= 0 && place.Y >= 0 && place.Z >= 0 && place.X < Side && place.Y < Height && place.Z < Side)
            {
                (int height, int z, int x) = ((int)place.Y, (int)place.Z, (int)place.X);
                grid[(((height * Side) + z) * Side) + x] = 1;
                byte label = labels[surface.Triangles[k]];
                if (z == Side / 2 && x == Side / 2 && label != ScanNetClasses.None)
                {
                    column[height] = (byte)(1 + label);
                }
            }
        }

        return new ColumnSample(grid, column);
    }
}
