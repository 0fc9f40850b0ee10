using System.IO.Compression;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Numpy;

namespace Bitcurve.Models.Tests.Data.Numpy;

public sealed class NpzFileTests : IDisposable
{
    // Written by NumPy 1.24.2: data=np.arange(6, dtype=np.uint8).reshape(2, 3) * 50, labels=np.array([1000, 1]), mean=np.array([0.5, -2.25]).
    private const string Saved =
        "UEsDBBQAAAAAAAAAIQAj+Y6GhgAAAIYAAAAIABQAZGF0YS5ucHkBABAAhgAAAAAAAACGAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJ3x1MScsICdmb3J0" +
        "cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgyLCAzKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg" +
        "ICAgICAKADJklsj6UEsDBBQAAAAAAAAAIQA7/ynOkAAAAJAAAAAKABQAbGFiZWxzLm5weQEAEACQAAAAAAAAAJAAAAAAAAAAk05VTVBZAQB2AHsnZGVzY3In" +
        "OiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg" +
        "ICAgICAgICAgICAgICAgICAgIAroAwAAAAAAAAEAAAAAAAAAUEsDBBQAAAAAAAAAIQAuO4pHkAAAAJAAAAAIABQAbWVhbi5ucHkBABAAkAAAAAAAAACQAAAA" +
        "AAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJzxmOCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgyLCksIH0gICAgICAgICAgICAgICAgICAg" +
        "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAAAAAAAA4D8AAAAAAAACwFBLAQIUAxQAAAAAAAAAIQAj+Y6GhgAAAIYAAAAIAAAA" +
        "AAAAAAAAAACAAQAAAABkYXRhLm5weVBLAQIUAxQAAAAAAAAAIQA7/ynOkAAAAJAAAAAKAAAAAAAAAAAAAACAAcAAAABsYWJlbHMubnB5UEsBAhQDFAAAAAAA" +
        "AAAhAC47ikeQAAAAkAAAAAgAAAAAAAAAAAAAAIABjAEAAG1lYW4ubnB5UEsFBgAAAAADAAMApAAAAFYCAAAAAA==";

    // The same by savez_compressed.
    private const string Compressed =
        "UEsDBBQAAAAIAAAAIQAj+Y6GTQAAAIYAAAAIABQAZGF0YS5ucHkBABAAhgAAAAAAAABNAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loF5Taqiuo6Cell9U" +
        "UpSYF59flJIKEndLzClOBYoXZyQWpAL5GkY6CsaaOgq1CmQDLgajlGknfgEAUEsDBBQAAAAIAAAAIQA7/ynOTAAAAJAAAAAKABQAbGFiZWxzLm5weQEAEACQ" +
        "AAAAAAAAAEwAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWgbpNpoa6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaRjqaOgq1ChQArhfMDGDACKEY" +
        "AFBLAwQUAAAACAAAACEALjuKR00AAACQAAAACAAUAG1lYW4ubnB5AQAQAJAAAAAAAAAATQAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2ahrqOgnpZf" +
        "VFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFAAuBjB4YA+hmQ4AAFBLAQIUAxQAAAAIAAAAIQAj+Y6GTQAAAIYAAAAIAAAAAAAAAAAAAACAAQAA" +
        "AABkYXRhLm5weVBLAQIUAxQAAAAIAAAAIQA7/ynOTAAAAJAAAAAKAAAAAAAAAAAAAACAAYcAAABsYWJlbHMubnB5UEsBAhQDFAAAAAgAAAAhAC47ikdNAAAA" +
        "kAAAAAgAAAAAAAAAAAAAAIABDwEAAG1lYW4ubnB5UEsFBgAAAAADAAMApAAAAJYBAAAAAA==";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Saved)]
    [InlineData(Compressed)]
    public void Read_WrittenByNumPy_GivesItsArrays(string base64)
    {
        using NpzFile file = Open(Convert.FromBase64String(base64));

        NpyArray data = file.Read("data").Require([NpyType.U8], 2, 3);
        Assert.Equal([0, 50, 100, 150, 200, 250], data.Bytes.ToArray());
        Assert.Equal([1000L, 1], file.Read("labels").ToInt64());
        Assert.Equal([0.5f, -2.25f], file.Read("mean").ToFloat32());
        Assert.True(file.Contains("mean"));
        Assert.False(file.Contains("std"));
    }

    [Fact]
    public void Open_MissingOrNoArchive_SaysSo()
    {
        string path = folder.File("a.npz");
        Assert.Equal($"{path}: npz file: expected a file, actual no such file", Assert.Throws<DataFormatException>(() => NpzFile.Open(path)).Message);
        Assert.StartsWith($"{path}: npz file: expected a zip archive, actual ", Assert.Throws<DataFormatException>(() => Open(new byte[100])).Message);
    }

    [Fact]
    public void Read_NoSuchEntry_ListsThoseThereAre()
    {
        using NpzFile file = Open(NumpyBytes.Npz(CompressionLevel.Optimal, ("a.npy", [1]), ("b.txt", [2])));

        string message = Assert.Throws<DataFormatException>(() => file.Read("data")).Message;
        Assert.Equal($"{folder.File("a.npz")}: npz file: expected an entry data.npy, actual only a.npy, b.txt", message);
    }

    [Theory]
    [InlineData(Saved)]
    [InlineData(Compressed)]
    public void Read_AnyByteDamagedOrMissing_IsRefusedOrMakesNoDifference(string base64)
    {
        byte[] whole = Convert.FromBase64String(base64);
        for (int position = 0; position < whole.Length; position++)
        {
            foreach (int mask in (int[])[1 << (position % 8), 0xFF])
            {
                byte[] damaged = [.. whole];
                damaged[position] ^= (byte)mask;
                IsRefused(damaged);
            }

            Assert.True(IsRefused(whole[..position]), $"cut to {position} bytes");
        }
    }

    [Fact]
    public void Read_StoredElementDamaged_FailsTheChecksum()
    {
        byte[] damaged = Convert.FromBase64String(Saved);
        int header = damaged.AsSpan().IndexOf("NUMPY"u8) - 1;
        damaged[header + 128] ^= 4;

        using NpzFile file = Open(damaged);
        string message = Assert.Throws<DataFormatException>(() => file.Read("data")).Message;
        Assert.Matches("!data.npy: checksum: expected [0-9A-F]{8}, actual [0-9A-F]{8} \\(the file is damaged\\)$", message);
    }

    // Whatever else is thrown, and other values than those written, fail the test.
    private bool IsRefused(byte[] bytes)
    {
        try
        {
            using NpzFile file = Open(bytes);
            Assert.Equal([0, 50, 100, 150, 200, 250], file.Read("data").Bytes.ToArray());
            Assert.Equal([1000L, 1], file.Read("labels").ToInt64());
            Assert.Equal([0.5f, -2.25f], file.Read("mean").ToFloat32());
            return false;
        }
        catch (DataFormatException error)
        {
            Assert.DoesNotContain('\n', error.Message);
            return true;
        }
    }

    private NpzFile Open(byte[] bytes)
    {
        File.WriteAllBytes(folder.File("a.npz"), bytes);
        return NpzFile.Open(folder.File("a.npz"));
    }
}
