using Bitcurve.Models.Data;
using Bitcurve.Models.Weights;
using FsCheck;
using FsCheck.Fluent;

namespace Bitcurve.Models.Tests.Weights;

public sealed class SafetensorsRoundTripTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20240229, 7);

    // Quotes, escapes, controls and letters beyond ASCII, all of which JSON must carry.
    private static readonly string[] NameParts = ["conv1", ".weight", "\"", "\\", "\n", "ä", "層", "😀", "/", " ", "<&>"];

    [Fact]
    public void WriteThenRead_AnyTensors_GivesThemBack() =>
        Check.One(Seeded, Prop.ForAll<int>(seed => RoundTrips(new KeyedRandom(seed, 1))));

    [Fact]
    public void Open_AnyFileWithOneByteChanged_ReadsOrRefusesIt() =>
        Check.One(Seeded, Prop.ForAll<int>(seed => SurvivesDamage(new KeyedRandom(seed, 2))));

    private static bool RoundTrips(KeyedRandom random)
    {
        SafetensorsEntry[] entries = Entries(random);
        Dictionary<string, string> metadata = new() { [Name(random)] = Name(random), ["format"] = "pt" };
        using SafetensorsFile file = HandWrittenFile.Open(Bytes(entries, metadata));

        Assert.Equal(metadata, file.Metadata);
        Assert.Equal(entries.Length, file.Entries.Count);
        foreach (SafetensorsEntry entry in entries)
        {
            SafetensorsTensor tensor = Assert.Single(file.Entries, tensor => tensor.Name == entry.Name);
            Assert.Equal(entry.Type, tensor.Type);
            Assert.Equal(entry.Shape, tensor.Shape);
            Assert.Equal(entry.Data.ToArray(), file.ReadBytes(entry.Name));
        }

        return true;
    }

    /// <summary>A damaged file either opens, and then every tensor can be read, or is refused with the typed fault: nothing else.</summary>
    private static bool SurvivesDamage(KeyedRandom random)
    {
        byte[] bytes = Bytes(Entries(random), []);
        bytes[random.NextInt(bytes.Length)] ^= (byte)(1 + random.NextInt(255));
        try
        {
            using SafetensorsFile file = HandWrittenFile.Open(bytes);
            return file.Entries.All(tensor => file.ReadBytes(tensor.Name).Length == tensor.Bytes);
        }
        catch (DataFormatException)
        {
            return true;
        }
    }

    private static byte[] Bytes(SafetensorsEntry[] entries, Dictionary<string, string> metadata)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, entries, metadata);
        return stream.ToArray();
    }

    private static SafetensorsEntry[] Entries(KeyedRandom random) =>
        [.. Enumerable.Range(0, random.NextInt(6)).Select(index => Entry(random, index))];

    private static SafetensorsEntry Entry(KeyedRandom random, int index)
    {
        SafetensorsType[] types = Enum.GetValues<SafetensorsType>();
        SafetensorsType type = types[random.NextInt(types.Length)];
        long[] shape = [.. Enumerable.Range(0, random.NextInt(4)).Select(_ => (long)random.NextInt(4))];
        byte[] data = [.. Enumerable.Range(0, (int)type.Bytes(shape)!.Value).Select(_ => (byte)random.NextInt(256))];
        return new SafetensorsEntry($"{Name(random)}{index}", type, shape, data);
    }

    private static string Name(KeyedRandom random) =>
        string.Concat(Enumerable.Range(0, 1 + random.NextInt(4)).Select(_ => NameParts[random.NextInt(NameParts.Length)]));
}
