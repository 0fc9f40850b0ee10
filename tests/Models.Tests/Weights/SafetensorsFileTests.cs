using Bitcurve.Models.Data;
using Bitcurve.Models.Tests.Data;
using Bitcurve.Models.Weights;

namespace Bitcurve.Models.Tests.Weights;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Open_FileByHand_HasItsTensorsMetadataAndBytes()
    {
        // Byte by byte as the published format says: length 0x90 = 144, 142 characters of JSON, two spaces, 10 data bytes.
        byte[] bytes =
        [
            0x90, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
            .. """{"__metadata__":{"format":"pt"},"""u8,
            .. """ "b":{"dtype":"I8","shape":[2],"data_offsets":[8,10]},"""u8,
            .. """ "a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}"""u8,
            0x20, 0x20,
            0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x00, 0xC0,
            0x05, 0xFF,
        ];

        using SafetensorsFile file = HandWrittenFile.Open(bytes);

        Assert.Equal("pt", Assert.Single(file.Metadata, pair => pair.Key == "format").Value);
        Assert.Equal(["a", "b"], file.Entries.Select(tensor => tensor.Name));
        Assert.Equal((SafetensorsType.F32, 0L, 8L, 2L), Facts(file.Entries[0]));
        Assert.Equal([2, 1], file.Entries[0].Shape);
        Assert.Equal((SafetensorsType.I8, 8L, 10L, 2L), Facts(file.Entries[1]));
        Assert.Equal([1f, -2f], file.ReadFloat32("a"));
        Assert.Equal([5, 0xFF], file.ReadBytes("b"));
    }

    [Fact]
    public void Open_EmptyHeaderObject_HasNoTensors()
    {
        using SafetensorsFile file = HandWrittenFile.Open(HandWrittenFile.Bytes("{}", 0));

        Assert.Empty(file.Entries);
        Assert.Empty(file.Metadata);
    }

    [Fact]
    public void Open_ScalarsAndEmptyTensors_AreRead()
    {
        const string header =
            """{"s":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"e":{"dtype":"I64","shape":[3,0],"data_offsets":[4,4]}}""";

        using SafetensorsFile file = HandWrittenFile.Open(HandWrittenFile.Bytes(header, 4));

        Assert.Equal(1, file.Entries[0].Count);
        Assert.Empty(file.ReadBytes("e"));
    }

    [Fact]
    public async Task ReadFloat32_ManyThreads_GetTheirOwnTensor()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, Enumerable.Range(0, 20).Select(Constant));
        using SafetensorsFile file = SafetensorsFile.Open(new LingeringStream(stream.ToArray()));

        // A thread for each reader: a pool with one free thread would run them one after another.
        float[][] tensors = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Factory.StartNew(
            () => Enumerable.Range(0, 50).SelectMany(_ => file.ReadFloat32($"t{i}")).ToArray(), TaskCreationOptions.LongRunning)));

        Assert.All(Enumerable.Range(0, 20), i => Assert.DoesNotContain(tensors[i], value => value != i));
    }

    [Fact]
    public void Read_UnknownName_NamesItAndTheFile()
    {
        using SafetensorsFile file = HandWrittenFile.Open(HandWrittenFile.Bytes("{}", 0));

        var error = Assert.Throws<ArgumentException>(() => file.ReadBytes("weight"));
        Assert.StartsWith("Expected one of the 0 tensors of file, actual 'weight'.", error.Message);
    }

    [Fact]
    public void Open_MissingPath_NamesIt()
    {
        string path = folder.File("none.safetensors");

        var error = Assert.Throws<DataFormatException>(() => SafetensorsFile.Open(path));
        Assert.Equal($"{path}: safetensors file: expected a file, actual no such file", error.Message);
    }

    [Fact]
    public void Open_BadFile_IsClosedAgain()
    {
        string path = folder.File("bad.safetensors");
        File.WriteAllBytes(path, [1, 2]);

        Assert.Throws<DataFormatException>(() => SafetensorsFile.Open(path));
        // Exclusive access works only where no handle was left open.
        using FileStream exclusive = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(2, exclusive.Length);
    }

    [Fact]
    public void ReadBytes_FileThatBecameShorter_NamesTensorAndOffset()
    {
        byte[] bytes = HandWrittenFile.Bytes("""{"n":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 4);
        string path = folder.File("short.safetensors");
        File.WriteAllBytes(path, bytes);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        using SafetensorsFile file = SafetensorsFile.Open(stream, "short");
        stream.SetLength(bytes.Length - 3);

        var error = Assert.Throws<DataFormatException>(() => file.ReadBytes("n"));
        Assert.Equal($"short: tensor 'n' at byte {bytes.Length - 4}: expected 4 bytes, actual 1 (the file became shorter)", error.Message);
    }

    private static SafetensorsEntry Constant(int value) =>
        SafetensorsEntry.FromFloat32($"t{value}", [500], Enumerable.Repeat((float)value, 500).ToArray());

    private static (SafetensorsType Type, long Begin, long End, long Count) Facts(SafetensorsTensor tensor) =>
        (tensor.Type, tensor.Begin, tensor.End, tensor.Count);

    /// <summary>Lets others run before it reads, so that readers that take no turns move the position under each other.</summary>
    private sealed class LingeringStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer)
        {
            Thread.Yield();
            return base.Read(buffer);
        }
    }
}
