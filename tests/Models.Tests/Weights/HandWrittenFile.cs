using System.Buffers.Binary;
using System.Text;
using Bitcurve.Models.Data;
using Bitcurve.Models.Weights;

namespace Bitcurve.Models.Tests.Weights;

/// <summary>Builds safetensors bytes from a header's text, so that tests can break any rule of the format.</summary>
public static class HandWrittenFile
{
    /// <summary>Eight bytes of length, the header, then as many data bytes: 0, 1, 2, ...</summary>
    public static byte[] Bytes(string header, int dataBytes)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. Enumerable.Range(0, dataBytes).Select(value => (byte)value)];
    }

    /// <summary>Opens bytes under the name "file".</summary>
    public static SafetensorsFile Open(byte[] bytes) => SafetensorsFile.Open(new MemoryStream(bytes), "file");

    /// <summary>The message with which bytes are refused.</summary>
    public static string Refusal(byte[] bytes) => Assert.Throws<DataFormatException>(() => Open(bytes)).Message;
}
