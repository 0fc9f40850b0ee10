using System.Text;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Numpy;

namespace Bitcurve.Models.Tests.Data.Numpy;

public class Crc32Tests
{
    // "123456789" is the check value that every description of the algorithm gives.
    [Theory]
    [InlineData("", 0u)]
    [InlineData("a", 0xE8B7BE43u)]
    [InlineData("123456789", 0xCBF43926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void Of_KnownText_GivesItsChecksum(string text, uint expected) => Assert.Equal(expected, Crc32.Of(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Of_AnyLength_EqualsOneBitAtATime()
    {
        var random = new KeyedRandom(3);
        byte[] bytes = [.. Enumerable.Range(0, 100).Select(_ => (byte)random.NextBits())];
        for (int length = 0; length <= bytes.Length; length++)
        {
            uint crc = uint.MaxValue;
            for (int bit = 0; bit < 8 * length; bit++)
            {
                uint next = (crc ^ (uint)(bytes[bit / 8] >> (bit % 8))) & 1;
                crc = (crc >> 1) ^ (next * 0xEDB88320);
            }

            Assert.Equal(~crc, Crc32.Of(bytes.AsSpan(0, length)));
        }
    }
}
