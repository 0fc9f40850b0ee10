using Bitcurve.Models.Data;

namespace Bitcurve.Models.Tests.Data;

public sealed class KeyedRandomTests
{
    // The values of SplitMix64 and xoshiro256** are those that their authors' C code prints (also in the test suites of
    // other libraries); those of KeyedRandom come from an independent Python implementation of the documented key hash.
    [Fact]
    public void SplitMix64_SeedOfThePublishedTest_GivesThePublishedValues()
    {
        ulong state = 1234567;
        ulong[] values = [.. Enumerable.Range(0, 5).Select(_ => SplitMix64.Next(ref state))];

        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821], values);
    }

    [Fact]
    public void Xoshiro256_StateOneToFour_GivesThePublishedValues()
    {
        var generator = new Xoshiro256(1, 2, 3, 4);
        ulong[] values = [.. Enumerable.Range(0, 6).Select(_ => generator.Next())];

        Assert.Equal([11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600], values);
    }

    [Fact]
    public void Xoshiro256_StateOfZeros_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new Xoshiro256(0, 0, 0, 0));

        Assert.StartsWith("Expected a state with at least one word other than zero, actual: all four are zero.", error.Message);
    }

    [Fact]
    public void NextBits_FixedKeys_GiveFixedValues()
    {
        Assert.Equal([10108759220886529493, 17605837440599152310, 7682592763609621243], Bits(new KeyedRandom(0), 3));
        Assert.Equal([4502905892030763666, 8244539360862257095, 4796467816299365045], Bits(new KeyedRandom(0, 0), 3));
        Assert.Equal([9324644562374733614, 16990895744405316659, 16531400567559271374], Bits(new KeyedRandom(7, 1, 42), 3));
        Assert.Equal([4058369269370833732, 16228203871178439302, 9922824395193324465], Bits(new KeyedRandom(-1, 2, -3), 3));
    }

    [Fact]
    public void NextUniform_FixedKey_GivesFixedValues()
    {
        var random = new KeyedRandom(7, 1, 42);
        double[] values = [random.NextUniform(), random.NextUniform(), random.NextUniform()];

        Assert.Equal([0.5054899946090915, 0.9210783039279478, 0.8961690204787931], values);
    }

    [Fact]
    public void NextInt_FixedKey_GivesFixedValues()
    {
        var random = new KeyedRandom(7, 1, 42);
        int[] values = [.. Enumerable.Range(0, 12).Select(_ => random.NextInt(10))];

        Assert.Equal([5, 9, 8, 2, 6, 7, 0, 2, 4, 9, 0, 6], values);
    }

    [Fact]
    public void NextNormal_FixedKey_GivesFixedValues()
    {
        var random = new KeyedRandom(7, 1, 42);
        double[] expected = [1.0438066543053899, -0.5646622512428183, -0.5843019435301083, 2.046600360701039];

        // Logarithm, sine and cosine may differ by a unit in the last place between platforms.
        Assert.All(expected, value => Assert.Equal(value, random.NextNormal(), 1e-14));
    }

    [Fact]
    public void Shuffle_FixedKey_GivesAFixedPermutation()
    {
        int[] values = [.. Enumerable.Range(0, 10)];
        new KeyedRandom(7, 1, 42).Shuffle(values);

        Assert.Equal([1, 6, 4, 0, 9, 3, 2, 7, 8, 5], values);
    }

    [Fact]
    public void NextBits_KeysThatDifferInOnePartOrderOrLength_Differ()
    {
        KeyedRandom[] streams =
        [
            new(0), new(1), new(-1), new(0, 0), new(0, 1), new(1, 0), new(0, 0, 0), new(0, 0, 1), new(0, 1, 0), new(0, -1),
        ];

        Assert.Equal(streams.Length, streams.SelectMany(stream => Bits(stream, 1)).Distinct().Count());
    }

    private static ulong[] Bits(KeyedRandom random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextBits())];
}
