using System.Numerics;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Data.Formats;

/// <summary>A scanned room: ID_vh_clean_2.ply and ID_vh_clean_2.labels.ply of ScanNet version 2.</summary>
/// <param name="Mesh">In metres; z is up in the files and y here.</param>
/// <param name="Labels">For each vertex its class 0 .. 19, or <see cref="ScanNetClasses.None"/>.</param>
/// <param name="Colours">For each vertex red, green, blue.</param>
/// <remarks>Source: Dai et al., "ScanNet", CVPR 2017; the file formats are described in the repository ScanNet/ScanNet.</remarks>
public sealed record ScanNetScene(TriangleMesh Mesh, byte[] Labels, byte[] Colours)
{
    private const string MeshEnd = "_vh_clean_2.ply";
    private const string LabelsEnd = "_vh_clean_2.labels.ply";

    /// <param name="folder">Of one scene; its name is the scene's id.</param>
    /// <exception cref="DataFormatException">A file is missing or breaks its format, or the two files do not fit together.</exception>
    public static ScanNetScene Read(string folder)
    {
        string id = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        (string meshPath, string labelsPath) = (Path.Combine(folder, id + MeshEnd), Path.Combine(folder, id + LabelsEnd));
        Ply scan = Ply.Read(meshPath);
        TriangleMesh mesh = scan.Mesh();
        if (mesh.Triangles.Length == 0 || mesh.Area <= 0)
        {
            throw new DataFormatException(meshPath, "faces", null, "a surface", $"{mesh.Triangles.Length} triangles without area");
        }

        string[] channels = ["red", "green", "blue"];
        double[][] colours = [.. channels.Select(channel => InRange(scan.Column("vertex", channel), byte.MaxValue, meshPath, channel))];
        double[] labels = InRange(Ply.Read(labelsPath).Column("vertex", "label"), ScanNetClasses.LargestNyu40, labelsPath, "label");
        if (labels.Length != mesh.Vertices.Length)
        {
            throw new DataFormatException(labelsPath, "vertices", null, $"{mesh.Vertices.Length} as in {id}{MeshEnd}", $"{labels.Length}");
        }

        return new ScanNetScene(
            new TriangleMesh(Array.ConvertAll(mesh.Vertices, vertex => new Vector3(vertex.X, vertex.Z, -vertex.Y)), mesh.Triangles),
            Array.ConvertAll(labels, label => ScanNetClasses.OfNyu40((int)label)),
            [.. Enumerable.Range(0, 3 * labels.Length).Select(k => (byte)colours[k % 3][k / 3])]);
    }

    /// <summary>For each triangle the class that two of its vertices share, or that of its first.</summary>
    public byte[] TriangleLabels() => Array.ConvertAll(
        Mesh.Triangles, triangle => Labels[triangle.B] == Labels[triangle.C] ? Labels[triangle.B] : Labels[triangle.A]);

    private static double[] InRange(double[] values, int largest, string path, string what)
    {
        int wrong = Array.FindIndex(values, value => value < 0 || value > largest || value != Math.Truncate(value));
        return wrong < 0 ? values : throw new DataFormatException(path, $"vertex {wrong} {what}", null, $"a whole number in 0 .. {largest}", $"{values[wrong]}");
    }
}
