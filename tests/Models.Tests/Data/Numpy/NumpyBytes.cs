using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Bitcurve.Models.Tests.Data.Numpy;

/// <summary>Builds .npy and .npz files, so that tests can break any rule of the formats.</summary>
public static class NumpyBytes
{
    /// <summary>A version 1.0 file whose data start at byte 128, as NumPy writes short headers.</summary>
    public static byte[] Npy(string descr, string shape, byte[] data, string order = "False") =>
        Npy($"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}", data);

    /// <summary>A version 1.0 file with any header text.</summary>
    public static byte[] Npy(string header, byte[] data)
    {
        byte[] text = Encoding.ASCII.GetBytes(header.PadRight(117) + "\n");
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. text, .. data];
    }

    /// <summary>Int64 elements as bytes.</summary>
    public static byte[] Int64(IEnumerable<long> values) => [.. values.SelectMany(BitConverter.GetBytes)];

    public static byte[] Npz(CompressionLevel compression, params (string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream entry = archive.CreateEntry(name, compression).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }
}
