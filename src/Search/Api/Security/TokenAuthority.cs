using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Bitcurve.Search.Api.Security;

/// <summary>
/// Decides whose token a request shows. The file is read again whenever it has changed, so that a token can be given or taken back while the
/// server runs. A file that cannot be read then leaves the tokens as they were. Thread-safe.
/// </summary>
public sealed partial class TokenAuthority
{
    private readonly Lock gate = new();
    private readonly string? path;
    private readonly bool isRequired;
    private readonly ILogger log;
    private Stamp? read;
    private bool hasExisted;
    private Dictionary<string, TokenEntry> entries = [];

    /// <param name="path">Token file, which need not exist yet; null for a server without one.</param>
    /// <param name="isRequired">Whether a token is needed even while there is no file.</param>
    /// <param name="log">Told when the file cannot be read.</param>
    public TokenAuthority(string? path, bool isRequired, ILogger log) => (this.path, this.isRequired, this.log) = (path, isRequired, log);

    private readonly record struct Stamp(DateTime WrittenUtc, long Length);

    /// <summary>Whether requests need a token: told so, or a file is there. Once there was one, deleting it opens no door.</summary>
    public bool IsRequired
    {
        get
        {
            Refresh();
            return isRequired || Volatile.Read(ref hasExisted);
        }
    }

    /// <summary>Tokens that are valid at present.</summary>
    public int Count
    {
        get
        {
            Refresh();
            return Volatile.Read(ref entries).Count;
        }
    }

    /// <summary>The entry that a token belongs to, null for an unknown one. Takes the same time for every wrong secret of an id.</summary>
    public TokenEntry? Find(string token)
    {
        Refresh();
        byte[] hash = Token.HashOf(token);
        return Token.IdOf(token) is string id
            && Volatile.Read(ref entries).TryGetValue(id, out TokenEntry? entry)
            && CryptographicOperations.FixedTimeEquals(hash, entry.Hash)
                ? entry
                : null;
    }

    private void Refresh()
    {
        if (path is null)
        {
            return;
        }

        var file = new FileInfo(path);
        Stamp? present = file.Exists ? new Stamp(file.LastWriteTimeUtc, file.Length) : null;
        lock (gate)
        {
            if (present == read)
            {
                return;
            }

            try
            {
                Volatile.Write(ref entries, present is null ? [] : Index(TokenFile.Read(path)));
                hasExisted |= present is not null;
                read = present;
            }
            catch (InvalidDataException problem)
            {
                // Not read again before it changes: one line in the log is enough.
                (read, hasExisted) = (present, true);
                Unreadable(log, problem.Message);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // Someone is writing it, or took our right to read it: asked again with the next request.
                hasExisted = true;
                Unreadable(log, problem.Message);
            }
        }
    }

    private static Dictionary<string, TokenEntry> Index(IReadOnlyList<TokenEntry> read)
    {
        var index = new Dictionary<string, TokenEntry>(StringComparer.Ordinal);
        foreach (TokenEntry entry in read)
        {
            // Of two lines with one id the later counts, like everywhere else where a line replaces another.
            index[entry.Id] = entry;
        }

        return index;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Token file unchanged in memory: {Problem}")]
    private static partial void Unreadable(ILogger log, string problem);
}
