using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Bitcurve.Workers.Agent.Remote;

/// <summary>
/// Artifacts on a worker's own disk, as files named by their SHA-256: a file is complete or absent. Past a size the least recently used
/// go, except those that the server does not have yet. One process at a time; thread-safe.
/// </summary>
public sealed class ArtifactCache
{
    private const string UnfinishedFolder = "unfinished";
    private const string PartialFolder = "partial";
    private const int HashLength = 64;

    private readonly ConcurrentDictionary<string, bool> pinned = new();
    private readonly Lock trimming = new();
    private readonly string root;
    private readonly long maximumBytes;
    private readonly TimeProvider time;

    /// <param name="root">Folder; created here. What a killed process left unwritten is removed, interrupted downloads stay to be resumed.</param>
    /// <param name="maximumBytes">What all artifacts together may take; pinned ones may exceed it.</param>
    /// <param name="time">Tells what was used last.</param>
    public ArtifactCache(string root, long maximumBytes, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumBytes);
        (this.root, this.maximumBytes, this.time) = (root, maximumBytes, time);
        Directory.CreateDirectory(Path.Combine(root, PartialFolder));
        var unfinished = Path.Combine(root, UnfinishedFolder);
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        Directory.CreateDirectory(unfinished);
    }

    public bool Contains(string hash) => File.Exists(PathOf(hash));

    /// <summary>The artifact, or null; counts as a use.</summary>
    public FileStream? TryOpen(string hash)
    {
        try
        {
            Use(PathOf(hash));
            return new FileStream(PathOf(hash), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Stores and pins what is written; on the disk when it returns.</summary>
    /// <returns>Its hash.</returns>
    public string PutPinned(Action<Stream> write)
    {
        var unfinished = Path.Combine(root, UnfinishedFolder, Guid.NewGuid().ToString("N"));
        try
        {
            using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            var hash = HashOf(unfinished);
            pinned[hash] = true;
            TakeIn(unfinished, hash);
            return hash;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Where a download of this artifact is written, and goes on after an interruption.</summary>
    public string PartialPath(string hash) => Path.Combine(root, PartialFolder, Checked(hash));

    /// <summary>Takes a finished download in, or deletes it and returns false when its content is not what its name says.</summary>
    public bool TryAdopt(string hash)
    {
        var partial = PartialPath(hash);
        if (HashOf(partial) != hash)
        {
            File.Delete(partial);
            return false;
        }

        TakeIn(partial, hash);
        return true;
    }

    /// <summary>The server has it: it may go.</summary>
    public void Unpin(string hash) => pinned.TryRemove(hash, out _);

    /// <summary>What the server does not have by now, it does not want.</summary>
    public void UnpinAll() => pinned.Clear();

    private void TakeIn(string finished, string hash)
    {
        Use(finished);
        File.Move(finished, PathOf(hash), overwrite: true);
        Trim();
    }

    private void Use(string path) => File.SetLastAccessTimeUtc(path, time.GetUtcNow().UtcDateTime);

    // The newest stays whatever its size: it is about to be read.
    private void Trim()
    {
        lock (trimming)
        {
            var files = new DirectoryInfo(root).GetFiles().OrderByDescending(file => file.LastAccessTimeUtc).ToList();
            var total = 0L;
            foreach (var file in files)
            {
                total += file.Length;
                if (total > maximumBytes && file != files[0] && !pinned.ContainsKey(file.Name))
                {
                    total -= file.Length;
                    file.Delete();
                }
            }
        }
    }

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private string PathOf(string hash) => Path.Combine(root, Checked(hash));

    // A name from outside must not be able to leave the folder.
    private static string Checked(string hash) => hash.Length == HashLength && hash.All(char.IsAsciiHexDigitLower)
        ? hash
        : throw new InvalidDataException($"artifact: expected a SHA-256 of {HashLength} lower-case hexadecimal digits, actual '{hash}'");
}
