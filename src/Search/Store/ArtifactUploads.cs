using System.Security.Cryptography;

namespace Bitcurve.Search.Store;

/// <summary>
/// Artifacts that arrive in parts: <c>HASH.upload</c> grows until it is whole. A connection that breaks, or a server that is killed, costs
/// only the bytes that had not arrived. Safe for concurrent callers of one process.
/// </summary>
/// <param name="folder">Where the parts are kept; created when first needed.</param>
/// <param name="maximumBytes">Largest artifact taken.</param>
internal sealed class ArtifactUploads(string folder, long maximumBytes)
{
    private const string Extension = ".upload";

    private readonly KeyedTurns turns = new();

    internal static bool IsUpload(string path) => path.EndsWith(Extension, StringComparison.Ordinal);

    /// <summary>Bytes of an unfinished upload, 0 for none.</summary>
    internal long BytesOf(string hash)
    {
        var file = new FileInfo(PathOf(hash));
        return file.Exists ? file.Length : 0;
    }

    /// <param name="hash">Of the whole content.</param>
    /// <param name="offset">Where the body starts.</param>
    /// <param name="totalLength">Of the whole content, bytes.</param>
    /// <param name="body">Read as far as the total length; what arrives before it breaks is kept.</param>
    /// <param name="isStored">Asked once it is this caller's turn: another one may have finished the same artifact meanwhile.</param>
    /// <param name="publish">Takes the finished file away, given its path.</param>
    /// <param name="cancellation">Gives up; what arrived is kept.</param>
    internal Task<UploadState> AppendAsync(
        string hash, long offset, long totalLength, Stream body, Func<bool> isStored, Action<string> publish, CancellationToken cancellation) =>
        turns.RunAsync(
            hash,
            async () =>
            {
                if (isStored())
                {
                    return new UploadState(UploadOutcome.Complete, totalLength);
                }

                UploadState taken = await TakeAsync(PathOf(hash), offset, totalLength, body, cancellation);
                return taken.Outcome == UploadOutcome.Complete ? Finish(hash, totalLength, publish) : taken;
            },
            cancellation);

    private async Task<UploadState> TakeAsync(string path, long offset, long totalLength, Stream body, CancellationToken cancellation)
    {
        if (totalLength > maximumBytes)
        {
            return new UploadState(UploadOutcome.TooLarge, 0);
        }

        Directory.CreateDirectory(folder);
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        if (file.Length > totalLength)
        {
            // Parts of something else: no offset could ever fit them, so the next caller starts anew.
            file.SetLength(0);
        }

        if (offset != file.Length)
        {
            return new UploadState(UploadOutcome.WrongOffset, file.Length);
        }

        file.Position = offset;
        await CopyAsync(body, file, totalLength - offset, cancellation);
        file.Flush(flushToDisk: file.Length == totalLength);
        return new UploadState(file.Length == totalLength ? UploadOutcome.Complete : UploadOutcome.Unfinished, file.Length);
    }

    private UploadState Finish(string hash, long totalLength, Action<string> publish)
    {
        string path = PathOf(hash);
        string actual;
        using (FileStream file = File.OpenRead(path))
        {
            actual = Convert.ToHexStringLower(SHA256.HashData(file));
        }

        if (actual != hash)
        {
            File.Delete(path);
            return new UploadState(UploadOutcome.WrongContent, 0);
        }

        publish(path);
        File.Delete(path);
        return new UploadState(UploadOutcome.Complete, totalLength);
    }

    private static async Task CopyAsync(Stream body, FileStream file, long missing, CancellationToken cancellation)
    {
        const int bufferBytes = 128 * 1024;
        byte[] buffer = new byte[(int)Math.Min(bufferBytes, missing)];
        while (missing > 0)
        {
            int count = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, missing)), cancellation);
            if (count == 0)
            {
                return;
            }

            await file.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None);
            missing -= count;
        }
    }

    private string PathOf(string hash) => Path.Combine(folder, hash + Extension);
}
