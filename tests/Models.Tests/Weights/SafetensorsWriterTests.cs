using Bitcurve.Models.Tests.Data;
using Bitcurve.Models.Weights;

namespace Bitcurve.Models.Tests.Weights;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Write_TwoTensors_GivesTheseBytes()
    {
        SafetensorsEntry second = SafetensorsEntry.FromInt64("b", [], [-1]);
        SafetensorsEntry first = SafetensorsEntry.FromFloat32("a", [1, 2], [1, -2]);
        byte[] expected =
        [
            // 0xA0 = 160: 153 characters of JSON, 7 spaces.
            0xA0, 0, 0, 0, 0, 0, 0, 0,
            .. """{"__metadata__":{"epoch":"12","format":"pt"},"""u8,
            .. "\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"u8,
            .. """ "b":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}"""u8[1..],
            .. "       "u8,
            0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x00, 0xC0,
            0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        ];

        Assert.Equal(expected, Bytes([second, first], new() { ["format"] = "pt", ["epoch"] = "12" }));
    }

    [Fact]
    public void Write_OtherOrder_GivesTheSameBytes()
    {
        SafetensorsEntry[] entries = [.. Enumerable.Range(0, 30).Select(i => SafetensorsEntry.FromFloat32($"layer.{i}", [1], [i]))];

        Assert.Equal(
            Bytes(entries, new() { ["x"] = "1", ["y"] = "2" }),
            Bytes([.. entries.Reverse()], new() { ["y"] = "2", ["x"] = "1" }));
    }

    [Fact]
    public void Write_Nothing_IsAValidFile()
    {
        byte[] bytes = Bytes([], []);

        Assert.Equal(0, bytes.Length % 8);
        using SafetensorsFile file = HandWrittenFile.Open(bytes);
        Assert.Empty(file.Entries);
    }

    [Fact]
    public void Write_Path_ReplacesTheFileAndLeavesNothingElse()
    {
        string path = folder.File("model.safetensors");
        File.WriteAllText(path, "an older file");

        SafetensorsWriter.Write(path, [SafetensorsEntry.FromFloat32("a", [2], [3, 4])]);

        Assert.Equal([path], Directory.GetFiles(folder.Location));
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.Equal([3f, 4f], file.ReadFloat32("a"));
    }

    [Fact]
    public void Write_FaultInTheMiddle_KeepsTheOldFileAndLeavesNothingElse()
    {
        string path = folder.File("model.safetensors");
        File.WriteAllText(path, "an older file");

        Assert.Throws<InvalidDataException>(() => SafetensorsWriter.Write(path, Failing()));

        Assert.Equal([path], Directory.GetFiles(folder.Location));
        Assert.Equal("an older file", File.ReadAllText(path));
    }

    [Fact]
    public void Write_MissingFolder_SaysSo() =>
        Assert.Throws<DirectoryNotFoundException>(() => SafetensorsWriter.Write(folder.File("none/model.safetensors"), []));

    [Fact]
    public void Write_NameTwice_NamesIt()
    {
        SafetensorsEntry entry = SafetensorsEntry.FromFloat32("a", [1], [1]);

        var error = Assert.Throws<ArgumentException>(() => Bytes([entry, entry], []));
        Assert.StartsWith("Expected each name once, actual 'a' twice.", error.Message);
    }

    [Fact]
    public void Entry_BytesThatDoNotFitTheShape_NamesBothNumbers()
    {
        var error = Assert.Throws<ArgumentException>(() => SafetensorsEntry.FromFloat32("a", [2, 3], [1, 2]));
        Assert.StartsWith("Tensor 'a': expected 24 bytes for F32 [2, 3], actual 8.", error.Message);
    }

    [Fact]
    public void Entry_NegativeDimension_NamesTheShape()
    {
        var error = Assert.Throws<ArgumentException>(() => new SafetensorsEntry("a", SafetensorsType.U8, [-1], new byte[1]));
        Assert.StartsWith("Tensor 'a': expected dimensions of at least 0, actual [-1].", error.Message);
    }

    [Fact]
    public void Entry_ReservedName_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => SafetensorsEntry.FromFloat32("__metadata__", [1], [1]));
        Assert.StartsWith("Expected the name of a tensor, actual the reserved name \"__metadata__\".", error.Message);
    }

    private static byte[] Bytes(SafetensorsEntry[] entries, Dictionary<string, string> metadata)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, entries, metadata);
        return stream.ToArray();
    }

    private static IEnumerable<SafetensorsEntry> Failing()
    {
        yield return SafetensorsEntry.FromFloat32("a", [1], [1]);
        throw new InvalidDataException("the source broke");
    }
}
