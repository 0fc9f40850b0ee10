using System.Buffers.Binary;

namespace Bitcurve.Models.Data.Numpy;

/// <summary>The checksum of zip archives: CRC-32, polynomial 0xEDB88320 (reflected).</summary>
/// <remarks>Eight bytes a step by eight tables. Source: Kounavis, Berry, "A systematic approach to building high performance,
/// software-based, CRC generators", ISCC 2005.</remarks>
public static class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Step = 8;

    private static readonly uint[][] Tables = MakeTables();

    /// <summary>The checksum of the bytes; 0 of none.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= Step)
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            uint high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = Tables[7][low & 0xFF] ^ Tables[6][(low >> 8) & 0xFF] ^ Tables[5][(low >> 16) & 0xFF] ^ Tables[4][low >> 24]
                ^ Tables[3][high & 0xFF] ^ Tables[2][(high >> 8) & 0xFF] ^ Tables[1][(high >> 16) & 0xFF] ^ Tables[0][high >> 24];
            bytes = bytes[Step..];
        }

        foreach (byte value in bytes)
        {
            crc = Tables[0][(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }

    // Table k: what a byte contributes when k more bytes follow it in the step.
    private static uint[][] MakeTables()
    {
        uint[][] tables = [.. Enumerable.Range(0, Step).Select(_ => new uint[256])];
        for (uint value = 0; value < 256; value++)
        {
            uint crc = value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ Polynomial;
            }

            tables[0][value] = crc;
        }

        for (int table = 1; table < Step; table++)
        {
            for (int value = 0; value < 256; value++)
            {
                uint before = tables[table - 1][value];
                tables[table][value] = tables[0][before & 0xFF] ^ (before >> 8);
            }
        }

        return tables;
    }
}
