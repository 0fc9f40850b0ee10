using System.Numerics;
using System.Text;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Formats;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Tests.Data.Formats;

public class PlyTests
{
    private const string Elements =
        "comment made by hand\nelement vertex 4\nproperty float x\nproperty float y\nproperty double z\nproperty uchar red\n"
        + "element face 2\nproperty list uchar int vertex_indices\nproperty short flags\nend_header\n";

    [Fact]
    public void Read_Ascii_GivesColumnsAndMesh()
    {
        Ply ply = Read("ply\nformat ascii 1.0\n" + Elements + "0 0 0 1\n1 0 0 2\n1 1e0 0.5 3\n0 1 -2 255\n4 0 1 2 3 -1\n3 3 2 1 7\n");
        RequireContents(ply);
    }

    [Fact]
    public void Read_Binary_GivesTheSame()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Encoding.ASCII.GetBytes("ply\r\nformat binary_little_endian 1.0\r\n" + Elements));
        foreach ((float x, float y, double z, byte red) in new (float, float, double, byte)[] { (0, 0, 0, 1), (1, 0, 0, 2), (1, 1, 0.5, 3), (0, 1, -2, 255) })
        {
            writer.Write(x);
            writer.Write(y);
            writer.Write(z);
            writer.Write(red);
        }

        foreach ((int[] corners, short flags) in new (int[], short)[] { ([0, 1, 2, 3], -1), ([3, 2, 1], 7) })
        {
            writer.Write((byte)corners.Length);
            Array.ForEach(corners, writer.Write);
            writer.Write(flags);
        }

        byte[] file = stream.ToArray();
        RequireContents(Ply.Read(file, "f"));

        // Every shorter file is refused, whatever it ends in.
        for (int length = 0; length < file.Length; length++)
        {
            byte[] part = file[..length];
            Assert.Contains("f: ", Assert.Throws<DataFormatException>(() => Ply.Read(part, "f")).Message);
        }

        Assert.Contains("expected nothing after the last element, actual 1 bytes", Assert.Throws<DataFormatException>(() => Ply.Read([.. file, 0], "f")).Message);
    }

    [Theory]
    [InlineData("plx\n", "header at byte 0: expected ply, actual another magic")]
    [InlineData("ply\nformat binary_big_endian 1.0\n", "header line at byte 4: expected format ascii or binary_little_endian 1.0")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex -1\n", "header line at byte 21")]
    [InlineData("ply\nformat ascii 1.0\nproperty float x\n", "header line at byte 21")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 1\nproperty real x\n", "header line at byte 38")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float x\n", "header line at byte 55")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 1\nend_header\n", "header line at byte 38")]
    [InlineData("ply\nelement vertex 1\nproperty float x\nend_header\n1\n", "header line at byte 38")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 999\nproperty float x\nend_header\n1\n", "element vertex at byte 0: expected at most 70, the file's bytes, actual 999")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\nend_header\n1\nnan\n", "vertex 1 x (line 7) at byte 68: expected a finite number, actual nan")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 2\nproperty int x\nend_header\n1\n1.5\n", "vertex 1 x (line 7) at byte 66: expected a whole number, actual 1.5")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 2\nproperty int x\nend_header\n1\n", "expected a whole number, actual the end of the file")]
    [InlineData("ply\nformat ascii 1.0\nelement vertex 1\nproperty int x\nend_header\n1\n2\n", "end (line 7) at byte 66: expected nothing after the last element")]
    [InlineData("ply\nformat ascii 1.0\nelement face 1\nproperty list uchar int vertex_indices\nend_header\n-1\n", "face 0 vertex_indices: expected a list of at most 65536, actual -1")]
    public void Read_Damaged_NamesThePlace(string text, string message) =>
        Assert.Contains(message, Assert.Throws<DataFormatException>(() => Read(text)).Message);

    [Theory]
    [InlineData("3 0 1 2", "f: face 0: expected vertices 0 .. 1, actual 2")]
    [InlineData("3 0 1 -1", "f: face 0: expected vertices 0 .. 1, actual -1")]
    [InlineData("2 0 1", "f: face 0: expected three vertices or more, actual 2")]
    public void Mesh_WrongFace_NamesIt(string face, string message)
    {
        const string Header = "ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\nproperty float y\nproperty float z\n"
            + "element face 1\nproperty list uchar int vertex_index\nend_header\n0 0 0 1 1 1\n";
        Assert.Equal(message, Assert.Throws<DataFormatException>(() => Read(Header + face).Mesh()).Message);
        Assert.Contains("expected vertex with label, actual vertex: x y z; face: vertex_index", Assert.Throws<DataFormatException>(() => Read(Header + face).Column("vertex", "label")).Message);
    }

    private static void RequireContents(Ply ply)
    {
        TriangleMesh mesh = ply.Mesh();
        Assert.Equal([Vector3.Zero, new(1, 0, 0), new(1, 1, 0.5f), new(0, 1, -2)], mesh.Vertices);
        Assert.Equal([new Triangle(0, 1, 2), new Triangle(0, 2, 3), new Triangle(3, 2, 1)], mesh.Triangles);
        Assert.Equal([1, 2, 3, 255], ply.Column("vertex", "red"));
        Assert.Equal([-1, 7], ply.Column("face", "flags"));
        Assert.True(ply.Contains("vertex", "red"));
        Assert.False(ply.Contains("vertex", "label"));
    }

    private static Ply Read(string text) => Ply.Read(Encoding.ASCII.GetBytes(text), "f");
}
