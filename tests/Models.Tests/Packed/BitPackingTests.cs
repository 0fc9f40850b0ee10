using Bitcurve.Models.Data;
using Bitcurve.Models.Packed;

namespace Bitcurve.Models.Tests.Packed;

public class BitPackingTests
{
    [Fact]
    public void Pack_ThreeBitsByHand_TakesThreeBitsEach()
    {
        // -4 = 100, 3 = 011, -1 = 111, 0 = 000, 1 = 001; from the lowest bit up, so right to left: 0 001 000 1|11 011 100.
        var packed = new byte[2];
        BitPacking.Pack([-4, 3, -1, 0, 1], 3, packed);

        Assert.Equal([0b11_011_100, 0b0_001_000_1], packed);
    }

    [Theory]
    [InlineData(1, new sbyte[] { -1, 0, 0, -1, -1 }, new byte[] { 0b0001_1001 })]
    [InlineData(2, new sbyte[] { -2, 1, -1, 0, 1 }, new byte[] { 0b0011_0110, 0b0000_0001 })]
    [InlineData(4, new sbyte[] { -8, 7, -1 }, new byte[] { 0x78, 0x0F })]
    [InlineData(8, new sbyte[] { -128, 127, -1 }, new byte[] { 0x80, 0x7F, 0xFF })]
    public void Pack_ByHand_GivesTheseBytes(int bits, sbyte[] values, byte[] expected)
    {
        var packed = new byte[expected.Length];
        BitPacking.Pack(values, bits, packed);
        var unpacked = new sbyte[values.Length];
        BitPacking.Unpack(expected, bits, unpacked);

        Assert.Equal(expected, packed);
        Assert.Equal(values, unpacked);
    }

    // All remainders of a group of eight, below and above the eight bytes that a word takes.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void PackAndUnpack_AnyCount_EqualTheBitByBitDefinition(int bits)
    {
        for (var count = 0; count <= 150; count++)
        {
            var random = new KeyedRandom(7, bits, count);
            sbyte[] values = [.. Enumerable.Range(0, count).Select(_ => (sbyte)(random.NextInt(1 << bits) - (1 << (bits - 1))))];
            var packed = new byte[BitPacking.Bytes(count, bits)];
            packed.AsSpan().Fill(0xA5); // what lay there before must not show
            BitPacking.Pack(values, bits, packed);
            var unpacked = new sbyte[count];
            BitPacking.Unpack(packed, bits, unpacked);

            Assert.Equal(BitByBit(values, bits), packed);
            Assert.Equal(values, unpacked);
        }
    }

    [Fact]
    public void Unpack_InnerSlice_LeavesTheNeighboursAlone()
    {
        var values = new sbyte[12];
        values.AsSpan().Fill(77);
        BitPacking.Unpack([0, 0, 0, 0], 3, values.AsSpan(1, 10));

        Assert.Equal([77, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 77], values);
    }

    [Fact]
    public void Pack_ValueThatNeedsMoreBits_NamesItAndItsPlace()
    {
        var error = Assert.Throws<ArgumentException>(() => BitPacking.Pack([0, 3, 4], 3, new byte[2]));

        Assert.StartsWith("expected 3-bit integers -4 to 3, got 4 at 2", error.Message);
    }

    [Fact]
    public void Lengths_ThatDoNotFit_AreRefused()
    {
        Assert.StartsWith(
            "expected 2 bytes for 3 values of 3 bits, got 1", Assert.Throws<ArgumentException>(() => BitPacking.Pack([0, 0, 0], 3, new byte[1])).Message);
        Assert.StartsWith(
            "expected 1 bytes for 2 values of 4 bits, got 2", Assert.Throws<ArgumentException>(() => BitPacking.Unpack([0, 0], 4, new sbyte[2])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => BitPacking.Bytes(1, 9));
        Assert.Throws<OverflowException>(() => BitPacking.Bytes(long.MaxValue, 8));
    }

    private static byte[] BitByBit(sbyte[] values, int bits)
    {
        var packed = new byte[((values.Length * bits) + 7) / 8];
        for (var k = 0; k < values.Length * bits; k++)
        {
            packed[k / 8] |= (byte)(((values[k / bits] >> (k % bits)) & 1) << (k % 8));
        }

        return packed;
    }
}
