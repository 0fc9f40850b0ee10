using Bitcurve.Models;
using Bitcurve.Models.Workloads;

namespace Bitcurve.Workers.Agent;

/// <summary>
/// Trained FP32 networks kept between searches, by content hash of the workload and seed. A file is complete or absent. Thread-safe.
/// </summary>
/// <param name="Folder">Created when first written to.</param>
public sealed record BaselineCache(string Folder)
{
    /// <summary>In the user's cache (<see cref="UserCache"/>).</summary>
    public static BaselineCache OfUser() => new(UserCache.Folder);

    /// <summary>The stored weights, or null.</summary>
    public string? Find(Workload workload, long seed) => File.Exists(PathOf(workload, seed)) ? PathOf(workload, seed) : null;

    /// <summary>Stores weights; a second store of the same baseline replaces the first by the same bytes.</summary>
    public void Store(Workload workload, long seed, Action<Stream> write)
    {
        Directory.CreateDirectory(Folder);
        var path = PathOf(workload, seed);
        var temporary = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            using (var stream = File.Create(temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private string PathOf(Workload workload, long seed) => Path.Combine(Folder, $"fp32-{workload.ContentHash[..32]}-seed{seed}.safetensors");
}
