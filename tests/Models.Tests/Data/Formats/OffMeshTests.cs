using System.Numerics;
using System.Text;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Formats;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Tests.Data.Formats;

public class OffMeshTests
{
    private const string Square = "4 1 0\n0 0 0\n1 0 0\n1 1 0.5\n0 1 -1e-1\n4 0 1 2 3\n";

    [Theory]
    [InlineData("OFF\n" + Square)]
    [InlineData("OFF" + Square)]
    [InlineData("OFF " + Square)]
    [InlineData("# a comment\nOFF\n# another\n\n" + Square + "\n# the end\n")]
    [InlineData("OFF\r\n4 1\r\n0 0 0\r\n1 0 0\r\n1 1 0.5\r\n0 1 -1e-1\r\n4 0 1 2 3 255 0 0 # red\r\n")]
    public void Read_AnyHeader_GivesTheMesh(string text)
    {
        TriangleMesh mesh = Read(text);

        Assert.Equal([Vector3.Zero, new(1, 0, 0), new(1, 1, 0.5f), new(0, 1, -0.1f)], mesh.Vertices);
        Assert.Equal([new Triangle(0, 1, 2), new Triangle(0, 2, 3)], mesh.Triangles);
    }

    [Theory]
    [InlineData("", "f: magic (line 0): expected OFF, actual the end of the file")]
    [InlineData("PLY\n", "f: magic (line 1): expected OFF, actual PLY")]
    [InlineData("OFF\n1 2 3 4\n", "f: counts (line 2): expected vertices, faces and edges, actual 1 2 3 4")]
    [InlineData("OFF 4.5 1 0\n", "number of vertices (line 1): expected a whole number in 0 .. 67108863, actual 4.5")]
    [InlineData("OFF -1 1 0\n", "number of vertices (line 1)")]
    [InlineData("OFF 0 1 0\n", "expected at least one vertex and one face, actual 0 1 0")]
    [InlineData("OFF 1 1 0\n0 0\n", "vertex 0 (line 2): expected 3 fields, actual 2 fields")]
    [InlineData("OFF 2 1 0\n0 0 0\n0 NaN 0\n", "vertex 1 (line 3): expected a finite number, actual NaN")]
    [InlineData("OFF 2 1 0\n0 0 0\n0 1e99 0\n", "vertex 1 (line 3): expected a finite number, actual 1e99")]
    [InlineData("OFF 2 1 0\n0 0 0\n", "vertex 1 (line 2): expected 3 fields, actual the end of the file")]
    [InlineData("OFF 1 1 0\n0 0 0\n3 0 0 1\n", "face 0 (line 3): expected a whole number in 0 .. 0, actual 1")]
    [InlineData("OFF 1 1 0\n0 0 0\n2 0 0 0\n", "face 0 (line 3): expected 3 or more, and as many vertices, actual 2 0 0 0")]
    [InlineData("OFF 1 1 0\n0 0 0\n4 0 0 0\n", "face 0 (line 3): expected 3 or more, and as many vertices, actual 4 0 0 0")]
    [InlineData("OFF 1 1 0\n0 0 0\n3 0 0 0\n3 0 0 0\n", "end (line 4): expected nothing after 1 faces, actual 3 0 0 0")]
    public void Read_Damaged_NamesTheLine(string text, string message) =>
        Assert.Contains(message, Assert.Throws<DataFormatException>(() => Read(text)).Message);

    [Fact]
    public void Read_MissingFile_NamesIt() =>
        Assert.Equal("nowhere.off: off file: expected a file, actual no such file", Assert.Throws<DataFormatException>(() => OffMesh.Read("nowhere.off")).Message);

    private static TriangleMesh Read(string text) => OffMesh.Read(new MemoryStream(Encoding.ASCII.GetBytes(text)), "f");
}
