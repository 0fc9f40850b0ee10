using System.Text.Json;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Tests.Space;

public sealed class BitVectorTests
{
    [Fact]
    public void Parse_DigitsOrCommas_GivesEqualVectors()
    {
        BitVector digits = BitVector.Parse("87654321");

        Assert.Equal(digits, BitVector.Parse("8, 7,6,5,4,3,2,1"));
        Assert.Equal(digits.GetHashCode(), BitVector.Parse("8,7,6,5,4,3,2,1").GetHashCode());
        Assert.Equal("87654321", digits.ToString());
        Assert.Equal(36, digits.Sum);
        Assert.Equal("12345678", digits.Reversed().ToString());
    }

    [Theory]
    [InlineData("4494", "Bits of layer 2: expected 1..8, actual 9.")]
    [InlineData("4,0", "Bits of layer 1: expected 1..8, actual 0.")]
    [InlineData("4x", "Bits of layer 1: expected 1..8, actual 'x'.")]
    public void Parse_BadEntry_NamesItsIndex(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => BitVector.Parse(text)).Message);

    [Fact]
    public void Default_IsTheEmptyVector()
    {
        Assert.True(default(BitVector).IsEmpty);
        Assert.Equal(new BitVector([]), default);
        Assert.Equal("", default(BitVector).ToString());
    }

    [Fact]
    public void Constructor_LaterChangeOfTheSource_DoesNotShow()
    {
        int[] source = [1, 2, 3];
        var bits = new BitVector(source);
        source[0] = 8;

        Assert.Equal("123", bits.ToString());
    }

    [Fact]
    public void Json_RandomVectors_RoundTrip()
    {
        var random = new Random(11);
        for (int round = 0; round < 100; round++)
        {
            var bits = new BitVector([.. Enumerable.Range(0, random.Next(0, 20)).Select(_ => random.Next(1, 9))]);

            Assert.Equal(bits, JsonSerializer.Deserialize<BitVector>(JsonSerializer.Serialize(bits)));
            Assert.Equal(bits, BitVector.Parse(bits.ToString()));
            Assert.Equal(bits, bits.Reversed().Reversed());
        }
    }

    [Fact]
    public void CompareTo_IsLexicographic()
    {
        Assert.True(BitVector.Parse("1288").CompareTo(BitVector.Parse("1311")) < 0);
        Assert.Equal(0, BitVector.Uniform(3, 4).CompareTo(BitVector.Parse("3333")));
    }
}
