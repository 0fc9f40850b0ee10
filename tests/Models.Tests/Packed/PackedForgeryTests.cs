using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Bitcurve.Models.Quantization;

namespace Bitcurve.Models.Tests.Packed;

/// <summary>Files whose checksums are right and whose header lies: each rule of the header broken once.</summary>
public class PackedForgeryTests
{
    private const int HeaderStart = 52;

    private static readonly Lazy<byte[]> Whole = new(() =>
    {
        using var network = PackedSample.Network("resnet8");
        return PackedSample.Written(network, PackedSample.MixedBits(network), QuantizerOptions.Default);
    });

    [Theory]
    [InlineData("network", "\"lenet\"", "header, network at byte 52: expected one of ")]
    [InlineData("network", "\"resnet20\"", "weights for resnet20 at byte ")]
    [InlineData("network", "null", "header at byte 52: expected JSON of bitcurve-packed/1, actual ")]
    [InlineData("blockSize", "0", "header, blockSize at byte 52: expected at least 1, actual 0")]
    [InlineData("blockSize", "16", "header, layer 'layer2.0.conv2' length at byte 52: expected ")]
    [InlineData("rounding", "\"up\"", "header at byte 52: expected JSON of bitcurve-packed/1, actual ")]
    [InlineData("inputShape", "[3, 32]", "header, inputShape at byte 52: expected C, H, W or C, D, H, W of 1 to 16384, actual [3, 32]")]
    [InlineData("inputShape", "[3, 0, 32]", "header, inputShape at byte 52: expected C, H, W or C, D, H, W of 1 to 16384, actual [3, 0, 32]")]
    [InlineData("inputShape", "[3, 32, 2147483647]", "header, inputShape at byte 52: expected C, H, W or C, D, H, W of 1 to 16384, actual [3, 32, 2147483647]")]
    [InlineData("mean", "[0.5, 1e999, 0.5]", "header, mean at byte 52: expected finite values, actual 0.5, Infinity, 0.5")]
    [InlineData("mean", "[0.5]", "header, mean at byte 52: expected 3 values, actual 1")]
    [InlineData("standardDeviation", "[1, 0, 1]", "header, standardDeviation at byte 52: expected positive values, actual 1, 0, 1")]
    [InlineData("classNames", "[]", "header, classNames at byte 52: expected at least one, actual none")]
    [InlineData("classNames", "[\"a\", null]", "header, classNames at byte 52: expected names, actual null")]
    [InlineData("classNames", "[\"a\", \"b\"]", "header, classNames at byte 52: expected as many names as a tensor has rows, actual 2")]
    [InlineData("series", "{\"kind\":\"cosine\",\"harmonics\":\"2,2\"}", "header, series at byte 52: expected harmonics that fit resnet8, actual harmonics: expected 7 entries")]
    [InlineData("series", "{\"kind\":\"cosine\",\"harmonics\":\"2,2,2,2,2,2,2\"}", "weights for resnet8 at byte ")]
    [InlineData("series", "{\"kind\":\"sine\",\"harmonics\":\"2\"}", "header at byte 52: expected JSON of bitcurve-packed/1, actual ")]
    [InlineData("multipliers", "\"fp32\"", "header, layer 'conv1' length at byte 52: expected ")]
    [InlineData("surprise", "1", "header at byte 52: expected JSON of bitcurve-packed/1, actual ")]
    [InlineData("tensorsChecksum", "\"00\"", "tensors at byte ")]
    [InlineData("layers", "[null]", "header, layers and tensors at byte 52: expected objects, actual null")]
    [InlineData("layers", "[]", "header, tensor 'bn1.weight' offset at byte 52: expected 0 (where the section before it ends), actual ")]
    public void Open_FieldChanged_SaysWhatIsWrong(string field, string value, string expected) =>
        Assert.StartsWith($"file: {expected}", PackedSample.Refusal(Forged(header => header[field] = JsonNode.Parse(value))));

    [Theory]
    [InlineData("bits", "9", "header, layer 'conv1' bits at byte 52: expected 1 to 8, or 0 for FP32, actual 9")]
    [InlineData("bits", "-1", "header, layer 'conv1' bits at byte 52: expected 1 to 8, or 0 for FP32, actual -1")]
    [InlineData("bits", "7", "header, layer 'conv1' length at byte 52: expected ")]
    [InlineData("bits", "2.5", "header at byte 52: expected JSON of bitcurve-packed/1, actual ")]
    [InlineData("shape", "[16, 3]", "header, layer 'conv1' shape at byte 52: expected O x C x kernel extents, actual [16, 3]")]
    [InlineData("shape", "[16, 3, 3, 0]", "header, layer 'conv1' shape at byte 52: expected extents of at least 1, actual [16, 3, 3, 0]")]
    [InlineData("shape", "[4294967296, 4294967296, 3, 3]", "header, layer 'conv1' shape at byte 52: expected fewer than 2^63 bytes, actual ")]
    [InlineData("shape", "[3, 16, 3, 3]", "header, layer 'conv1' length at byte 52: expected ")]
    [InlineData("offset", "1", "header, layer 'conv1' offset at byte 52: expected 0 (where the section before it ends), actual 1")]
    [InlineData("offset", "-1", "header, layer 'conv1' offset at byte 52: expected 0 (where the section before it ends), actual -1")]
    [InlineData("length", "9223372036854775807", "header, layer 'conv1' length at byte 52: expected ")]
    [InlineData("name", "\"layer1.0.conv1\"", "header, tensor 'layer1.0.conv1.weight' at byte 52: expected each name once, actual the name twice")]
    [InlineData("name", "\"conv7\"", "weights for resnet8 at byte ")]
    [InlineData("checksum", "\"\"", "layer 'conv1' at byte ")]
    public void Open_FirstLayerChanged_SaysWhatIsWrong(string field, string value, string expected) =>
        Assert.StartsWith($"file: {expected}", PackedSample.Refusal(Forged(header => header["layers"]![0]![field] = JsonNode.Parse(value))));

    [Theory]
    [InlineData("type", "\"F64\"", "header, tensor 'bn1.weight' type at byte 52: expected F32 or I64, actual F64")]
    [InlineData("shape", "[8, 2]", "weights for resnet8 at byte ")]
    [InlineData("shape", "[1099511627776, 2]", "header, tensor 'bn1.weight' length at byte 52: expected 8796093022208 bytes ")]
    [InlineData("name", "\"bn1.bias\"", "header, tensor 'bn1.bias' at byte 52: expected each name once, actual the name twice")]
    [InlineData("name", "\"bn9.bias\"", "weights for resnet8 at byte ")]
    public void Open_FirstTensorChanged_SaysWhatIsWrong(string field, string value, string expected) =>
        Assert.StartsWith($"file: {expected}", PackedSample.Refusal(Forged(header => header["tensors"]![0]![field] = JsonNode.Parse(value))));

    [Fact]
    public void Open_SectionLongerThanTheFile_IsTruncated()
    {
        // A consistent shape and length of 16 GiB: refused before anything of that size is asked for.
        var forged = Forged(header =>
        {
            var tensor = header["tensors"]![0]!;
            (tensor["shape"], tensor["length"]) = (JsonNode.Parse("[4294967296]"), 17179869184);
        });

        Assert.Matches("^file: tensor 'bn1.weight' at byte [0-9]+: expected 17179869184 bytes, actual [0-9]+ \\(the file is truncated\\)$", PackedSample.Refusal(forged));
    }

    [Fact]
    public void Open_FieldTwice_IsRefused()
    {
        var json = Encoding.UTF8.GetBytes(Header().ToJsonString().Replace("\"blockSize\":32", "\"blockSize\":32,\"blockSize\":32", StringComparison.Ordinal));

        Assert.StartsWith("file: header at byte 52: expected JSON of bitcurve-packed/1, actual ", PackedSample.Refusal(Framed(json)));
    }

    [Fact]
    public void Open_HeaderThatInflatesWithoutEnd_IsRefused() => Assert.Equal(
        $"file: header at byte 52: expected at most {16 << 20} bytes uncompressed, actual more", PackedSample.Refusal(Framed(new byte[17 << 20])));

    [Fact]
    public void Open_HeaderThatIsNoZlib_IsRefused() => Assert.StartsWith(
        "file: header at byte 52: expected zlib data, actual ", PackedSample.Refusal(WithHeader([1, 2, 3, 4])));

    [Fact]
    public void Open_InfiniteMultiplier_NamesItsByte()
    {
        var (header, file) = (Header(), Whole.Value.ToArray());
        var (start, layer) = (HeaderStart + HeaderLength, header["layers"]![1]!);
        var (offset, length) = ((int)layer["offset"]!, (int)layer["length"]!);
        BinaryPrimitives.WriteHalfLittleEndian(file.AsSpan(start + offset + length - 2), Half.NegativeInfinity);
        layer["checksum"] = Convert.ToHexStringLower(SHA256.HashData(file.AsSpan(start + offset, length)).AsSpan(0, 8));
        var prefixed = Framed(Encoding.UTF8.GetBytes(header.ToJsonString()));
        byte[] forged = [.. prefixed[..^(file.Length - start)], .. file[start..]];

        Assert.Equal(
            $"file: layer 'layer1.0.conv1' multiplier at byte {prefixed.Length - (file.Length - start) + offset + length - 2}: expected a finite number, actual infinity or NaN",
            PackedSample.Refusal(forged));
    }

    private static int HeaderLength => (int)BinaryPrimitives.ReadUInt64LittleEndian(Whole.Value.AsSpan(12));

    private static JsonObject Header()
    {
        using var inflated = new ZLibStream(new MemoryStream(Whole.Value, HeaderStart, HeaderLength), CompressionMode.Decompress);
        return JsonNode.Parse(inflated)!.AsObject();
    }

    private static byte[] Forged(Action<JsonObject> change)
    {
        var header = Header();
        change(header);
        return Framed(Encoding.UTF8.GetBytes(header.ToJsonString()));
    }

    private static byte[] Framed(byte[] json)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(json);
        }

        return WithHeader(compressed.ToArray());
    }

    private static byte[] WithHeader(byte[] compressed)
    {
        var prefix = Whole.Value[..HeaderStart];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix.AsSpan(12), (ulong)compressed.Length);
        SHA256.HashData(compressed, prefix.AsSpan(20));
        return [.. prefix, .. compressed, .. Whole.Value[(HeaderStart + HeaderLength)..]];
    }
}
