using System.Buffers.Binary;
using Bitcurve.Models.Data;
using Bitcurve.Models.Packed;
using Bitcurve.Models.Quantization;

namespace Bitcurve.Models.Tests.Packed;

/// <summary>Files damaged by chance: no byte may change, go missing or be added without being noticed.</summary>
public class PackedCorruptionTests
{
    private const int SectionsStartOffset = 52;

    private static readonly Lazy<byte[]> Whole = new(() =>
    {
        using var network = PackedSample.Network("resnet8");
        return PackedSample.Written(network, PackedSample.MixedBits(network), QuantizerOptions.Default);
    });

    private static byte[] File => Whole.Value;

    // Every byte of the frame and the header, then every 61st and the last.
    [Fact]
    public void Open_OneByteChanged_IsRefused()
    {
        var headerEnd = SectionsStartOffset + (int)BinaryPrimitives.ReadUInt64LittleEndian(File.AsSpan(12));
        var places = Enumerable.Range(0, headerEnd).Concat(Enumerable.Range(0, (File.Length - headerEnd) / 61).Select(k => headerEnd + (61 * k))).Append(File.Length - 1);
        foreach (var place in places)
        {
            var damaged = File.ToArray();
            damaged[place] ^= (byte)(1 << (place % 8));
            Assert.StartsWith("file: ", PackedSample.Refusal(damaged));
        }
    }

    [Fact]
    public void Open_Truncated_IsRefused()
    {
        foreach (var length in Enumerable.Range(0, 200).Concat(Enumerable.Range(0, File.Length / 97).Select(k => 97 * k)).Append(File.Length - 1))
        {
            Assert.StartsWith("file: ", PackedSample.Refusal(File[..length]));
        }
    }

    [Fact]
    public void Open_BytesBehindTheEnd_AreRefused() => Assert.Equal(
        $"file: end of the sections at byte {File.Length}: expected {File.Length} bytes, actual {File.Length + 1} (bytes that belong to no section)",
        PackedSample.Refusal([.. File, 0]));

    [Theory]
    [InlineData(0, 1, "file: magic at byte 0: expected 894243500D0A1A0A, actual 884243500D0A1A0A")]
    [InlineData(8, 3, "file: version at byte 8: expected 1 (bitcurve-packed/1), actual 2")]
    [InlineData(18, 0x80, "file: header length at byte 12: expected at most")]
    [InlineData(20, 1, "file: header at byte 52: expected SHA-256")]
    [InlineData(60, 1, "file: header at byte 52: expected SHA-256")]
    public void Open_DamagedFrame_NamesThePartAndItsByte(int place, byte change, string expected)
    {
        var damaged = File.ToArray();
        damaged[place] ^= change;

        Assert.StartsWith(expected, PackedSample.Refusal(damaged));
    }

    [Fact]
    public void Open_DamagedSection_NamesItAndItsByte()
    {
        var damaged = File.ToArray();
        damaged[^1] ^= 1;
        Assert.Matches("^file: tensors at byte [0-9]+: expected checksum [0-9a-f]{16}, actual [0-9a-f]{16}$", PackedSample.Refusal(damaged));

        var start = SectionsStartOffset + (int)BinaryPrimitives.ReadUInt64LittleEndian(File.AsSpan(12));
        damaged = File.ToArray();
        damaged[start] ^= 1;
        Assert.Matches($"^file: layer 'conv1' at byte {start}: expected checksum [0-9a-f]{{16}}, actual [0-9a-f]{{16}}$", PackedSample.Refusal(damaged));
    }

    [Fact]
    public void Open_TextOrNothing_IsNoPackedModel()
    {
        Assert.Equal("file: magic at byte 0: expected 894243500D0A1A0A, actual an empty file", PackedSample.Refusal([]));
        Assert.Equal("file: magic at byte 0: expected 894243500D0A1A0A, actual 7B7D", PackedSample.Refusal("{}"u8.ToArray()));
        var missing = Assert.Throws<DataFormatException>(() => PackedModel.Open("no-such-file.bitcurve"));
        Assert.Equal("no-such-file.bitcurve: packed model: expected a file, actual no such file", missing.Message);
    }
}
