using System.Collections;
using Bitcurve.Models.Data.Solids;

namespace Bitcurve.Models.Data.Formats;

/// <summary>Clips that lie in shards: each is read whenever it is asked for.</summary>
internal sealed class ShardedClips : IReadOnlyList<ClipsSample>
{
    private readonly (ClipShard Shard, int Number)[] clips;

    internal ShardedClips(IEnumerable<ClipShard> shards) =>
        clips = [.. shards.SelectMany(shard => Enumerable.Range(0, shard.Labels.Length).Select(number => (shard, number)))];

    private ShardedClips((ClipShard Shard, int Number)[] clips) => this.clips = clips;

    public int Count => clips.Length;

    /// <exception cref="DataFormatException">The clip's file became shorter after it was opened.</exception>
    public ClipsSample this[int index]
    {
        get
        {
            (ClipShard shard, int number) = clips[index];
            byte[] frames = new byte[shard.Clips.ImageBytes];
            shard.Clips.Read(number, frames);
            return new ClipsSample(frames, shard.Labels[number]);
        }
    }

    public IEnumerator<ClipsSample> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal ShardedClips Slice(int first, int count) => new(clips[first..(first + count)]);
}
