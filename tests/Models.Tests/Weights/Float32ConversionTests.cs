using Bitcurve.Models.Weights;

namespace Bitcurve.Models.Tests.Weights;

public sealed class Float32ConversionTests
{
    [Fact]
    public void ReadFloat32_HalfTypes_ConvertExactly()
    {
        const string header =
            """{"h":{"dtype":"F16","shape":[5],"data_offsets":[0,10]},"b":{"dtype":"BF16","shape":[4],"data_offsets":[10,18]}}""";
        byte[] bytes =
        [
            .. HandWrittenFile.Bytes(header, 0),
            // 1, -2, the smallest subnormal 2^-24, the largest 65504, infinity
            0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00, 0xFF, 0x7B, 0x00, 0x7C,
            // 1, -2, 3.140625, negative infinity
            0x80, 0x3F, 0x00, 0xC0, 0x49, 0x40, 0x80, 0xFF,
        ];

        using SafetensorsFile file = HandWrittenFile.Open(bytes);

        Assert.Equal([1f, -2f, MathF.Pow(2, -24), 65504f, float.PositiveInfinity], file.ReadFloat32("h"));
        Assert.Equal([1f, -2f, 3.140625f, float.NegativeInfinity], file.ReadFloat32("b"));
    }

    [Fact]
    public void ReadFloat32_Doubles_RoundToNearest()
    {
        double[] values = [0.1, -1e300, 1e-300, Math.PI];
        byte[] bytes =
        [
            .. HandWrittenFile.Bytes("""{"d":{"dtype":"F64","shape":[4],"data_offsets":[0,32]}}""", 0),
            .. values.SelectMany(BitConverter.GetBytes),
        ];

        using SafetensorsFile file = HandWrittenFile.Open(bytes);

        Assert.Equal([0.1f, float.NegativeInfinity, 0f, MathF.PI], file.ReadFloat32("d"));
    }

    [Fact]
    public void ReadFloat32_TensorLongerThanAChunk_IsComplete()
    {
        // 300,000 values are 1.2 MB: two chunks.
        float[] values = [.. Enumerable.Range(0, 300_000).Select(index => index * 0.5f)];
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [SafetensorsEntry.FromFloat32("long", [300, 1000], values)]);

        using SafetensorsFile file = HandWrittenFile.Open(stream.ToArray());

        Assert.Equal(values, file.ReadFloat32("long"));
    }

    [Fact]
    public void ReadFloat32_IntegerTensor_NamesTheType()
    {
        using SafetensorsFile file = HandWrittenFile.Open(
            HandWrittenFile.Bytes("""{"n":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", 8));

        var error = Assert.Throws<ArgumentException>(() => file.ReadFloat32("n"));
        Assert.StartsWith("Tensor 'n' of file: expected one of F16, BF16, F32, F64, actual I64.", error.Message);
    }
}
