using System.Security.Cryptography;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Store;

/// <summary>
/// Artifacts as files named by their SHA-256, in folders by its first two digits. A file appears under its name only when it is complete
/// and on the disk. Safe for concurrent callers, also in several processes; uploads in parts and deletions belong to one process.
/// </summary>
/// <param name="root">Folder; created when first needed.</param>
/// <param name="verifiesOnRead">Whether a read checks the content against its name first, at the price of reading it twice.</param>
/// <param name="maximumUploadBytes">Largest artifact that may be uploaded in parts, bytes.</param>
/// <param name="time">Tells an artifact's age; the system's own, which also dates files, unless a test says otherwise.</param>
public sealed class FileArtifactStore(
    string root, bool verifiesOnRead = false, long maximumUploadBytes = FileArtifactStore.DefaultMaximumUploadBytes, TimeProvider? time = null)
    : IArtifactStore
{
    /// <summary>16 GiB: no checkpoint comes near, and a mistaken length is told from a large one.</summary>
    public const long DefaultMaximumUploadBytes = 16L << 30;

    private const int HashLength = 64;
    private const string UnfinishedFolder = "unfinished";

    /// <summary>How long an upload may rest before its parts are thrown away.</summary>
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    private readonly Lock renewing = new();
    private readonly TimeProvider clock = time ?? TimeProvider.System;
    private readonly ArtifactUploads uploads = new(Path.Combine(root, UnfinishedFolder), maximumUploadBytes);

    public bool Contains(string hash) => IsHash(hash) && File.Exists(PathOf(hash));

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The content does not match its name (only when reads verify).</exception>
    public Stream OpenRead(string hash)
    {
        if (!Contains(hash))
        {
            throw new FileNotFoundException($"Artifact {hash}: expected a file below {root}, actual none.");
        }

        var stream = new FileStream(PathOf(hash), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        if (verifiesOnRead && Convert.ToHexStringLower(SHA256.HashData(stream)) is string actual && actual != hash)
        {
            stream.Dispose();
            throw new InvalidDataException($"Artifact {PathOf(hash)}: expected content with hash {hash}, actual {actual}.");
        }

        stream.Position = 0;
        return stream;
    }

    /// <inheritdoc/>
    /// <exception cref="StorageFullException">No space is left; no part of the artifact remains.</exception>
    public string Put(Action<Stream> write)
    {
        string unfinished = Path.Combine(root, UnfinishedFolder, Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(unfinished)!);
            WriteThrough(unfinished, write);
            return Publish(unfinished);
        }
        catch (IOException problem) when (StorageFullException.IsCauseOf(problem))
        {
            throw new StorageFullException(root, problem);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Like <see cref="Contains"/>, and counts as a new store: the artifact is as young as if it had just been stored again.</summary>
    public bool Renew(string hash)
    {
        lock (renewing)
        {
            if (!Contains(hash))
            {
                return false;
            }

            File.SetLastWriteTimeUtc(PathOf(hash), clock.GetUtcNow().UtcDateTime);
            return true;
        }
    }

    /// <summary>Bytes of an unfinished upload: where its next part has to start. 0 for none, also when the artifact is stored already.</summary>
    /// <exception cref="ArgumentException">This is no hash.</exception>
    public long UploadedBytes(string hash) => uploads.BytesOf(RequireHash(hash));

    /// <summary>
    /// Takes a part of an artifact that arrives over a connection that may break; what arrived is kept, also over a restart. Parts of one
    /// artifact wait for one another. With the last byte the content is checked against its hash, and stored durably or thrown away.
    /// </summary>
    /// <param name="hash">SHA-256 of the whole content, lower-case hex.</param>
    /// <param name="offset">Where the body starts: as many bytes as are held.</param>
    /// <param name="totalLength">Of the whole content, bytes.</param>
    /// <param name="body">Read as far as the total length.</param>
    /// <param name="cancellation">Gives up; what arrived is kept.</param>
    /// <exception cref="ArgumentException">This is no hash, or a length is negative.</exception>
    /// <exception cref="StorageFullException">No space is left; what arrived before is kept.</exception>
    public async Task<UploadState> AppendUploadAsync(
        string hash, long offset, long totalLength, Stream body, CancellationToken cancellation)
    {
        RequireHash(hash);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(totalLength);
        try
        {
            return await uploads.AppendAsync(
                hash, offset, totalLength, body, () => Renew(hash), path => Move(path, hash), cancellation);
        }
        catch (IOException problem) when (StorageFullException.IsCauseOf(problem))
        {
            throw new StorageFullException(root, problem);
        }
    }

    /// <summary>Deletes every artifact but these. Only while nobody stores new ones.</summary>
    public void RemoveExcept(IReadOnlySet<string> kept) => RemoveExcept(kept, TimeSpan.MinValue);

    /// <summary>
    /// Deletes every artifact but these and the young ones: what was just stored may be named by a request that is still on its way.
    /// </summary>
    /// <param name="kept">Hashes.</param>
    /// <param name="minimumAge">Artifacts stored or renewed since then stay.</param>
    public void RemoveExcept(IReadOnlySet<string> kept, TimeSpan minimumAge)
    {
        if (!Directory.Exists(root))
        {
            return;
        }

        foreach (string path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            if (IsHash(Path.GetFileName(path)) && !kept.Contains(Path.GetFileName(path)))
            {
                RemoveOlder(path, minimumAge);
            }
        }
    }

    /// <summary>
    /// Deletes what a killed process left unfinished, but uploads in parts only after a day: their senders will go on. Only while no other
    /// process uses the folder.
    /// </summary>
    public void RemoveUnfinished()
    {
        string folder = Path.Combine(root, UnfinishedFolder);
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string path in Directory.EnumerateFiles(folder))
        {
            RemoveOlder(path, ArtifactUploads.IsUpload(path) ? AbandonedAfter : TimeSpan.MinValue);
        }

        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    /// <summary>Between the look at the age and the deletion nobody may renew it.</summary>
    private void RemoveOlder(string path, TimeSpan minimumAge)
    {
        lock (renewing)
        {
            if (clock.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(path) >= minimumAge)
            {
                File.Delete(path);
            }
        }
    }

    private static void WriteThrough(string path, Action<Stream> write)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        write(file);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Names the finished file by its content.</summary>
    private string Publish(string unfinished)
    {
        string hash;
        using (FileStream file = File.OpenRead(unfinished))
        {
            hash = Convert.ToHexStringLower(SHA256.HashData(file));
        }

        Move(unfinished, hash);
        return hash;
    }

    /// <summary>What is there already stays, being the same bytes.</summary>
    private void Move(string unfinished, string hash)
    {
        if (Renew(hash))
        {
            return;
        }

        string folder = Path.GetDirectoryName(PathOf(hash))!;
        Directory.CreateDirectory(folder);
        File.Move(unfinished, PathOf(hash), overwrite: true);
        FolderSync.Flush(folder);
        FolderSync.Flush(root);
    }

    private string PathOf(string hash) => Path.Combine(root, hash[..2], hash);

    private static string RequireHash(string hash) => IsHash(hash)
        ? hash
        : throw new ArgumentException($"Artifact: expected {HashLength} lower-case hex digits, actual '{hash}'.");

    /// <summary>A name from outside must not be able to leave the folder.</summary>
    private static bool IsHash(string hash) => hash.Length == HashLength && hash.All(char.IsAsciiHexDigitLower);
}
