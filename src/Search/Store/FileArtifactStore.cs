using System.Security.Cryptography;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Store;

/// <summary>
/// Artifacts as files named by their SHA-256, in folders by its first two digits. A file appears under its name only when it is complete
/// and on the disk. Safe for concurrent callers, also in several processes.
/// </summary>
/// <param name="root">Folder; created when first needed.</param>
/// <param name="verifiesOnRead">Whether a read checks the content against its name first, at the price of reading it twice.</param>
public sealed class FileArtifactStore(string root, bool verifiesOnRead = false) : IArtifactStore
{
    private const int HashLength = 64;
    private const string UnfinishedFolder = "unfinished";

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

    /// <summary>Deletes every artifact but these. Only while nobody stores new ones.</summary>
    public void RemoveExcept(IReadOnlySet<string> kept)
    {
        if (!Directory.Exists(root))
        {
            return;
        }

        foreach (string path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            if (IsHash(Path.GetFileName(path)) && !kept.Contains(Path.GetFileName(path)))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Deletes what a killed process left unfinished. Only while no other process uses the folder.</summary>
    public void RemoveUnfinished()
    {
        string folder = Path.Combine(root, UnfinishedFolder);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void WriteThrough(string path, Action<Stream> write)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        write(file);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Names the finished file by its content; what is there already stays, being the same bytes.</summary>
    private string Publish(string unfinished)
    {
        string hash;
        using (FileStream file = File.OpenRead(unfinished))
        {
            hash = Convert.ToHexStringLower(SHA256.HashData(file));
        }

        string path = PathOf(hash);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(unfinished, path, overwrite: true);
        }

        return hash;
    }

    private string PathOf(string hash) => Path.Combine(root, hash[..2], hash);

    /// <summary>A name from outside must not be able to leave the folder.</summary>
    private static bool IsHash(string hash) => hash.Length == HashLength && hash.All(char.IsAsciiHexDigitLower);
}
