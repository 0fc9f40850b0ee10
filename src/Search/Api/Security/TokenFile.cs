using System.Text;

namespace Bitcurve.Search.Api.Security;

/// <summary>
/// The server's list of tokens: one <see cref="TokenEntry"/> a line; empty lines and those that begin with <c>#</c> are skipped. It holds
/// hashes only, and only its owner may read it.
/// </summary>
public static class TokenFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int MostAttempts = 50;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(20);

    /// <exception cref="InvalidDataException">A line is none; the message names file and line, never the line's content.</exception>
    public static IReadOnlyList<TokenEntry> Read(string path)
    {
        var entries = new List<TokenEntry>();
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.AsSpan().Trim() is { IsEmpty: false } text && text[0] != '#')
            {
                entries.Add(TokenEntry.Parse(line)
                    ?? throw new InvalidDataException($"{path}, line {number}: expected ROLE NAME ID SHA256HEX CREATED, actual something else."));
            }
        }

        return entries;
    }

    /// <summary>Adds a token, creating the file for its owner alone where needed. Of several callers at once none loses a line.</summary>
    /// <exception cref="ArgumentException">The name has letters that it may not have.</exception>
    /// <exception cref="IOException">Others kept the file locked.</exception>
    public static async Task AppendAsync(string path, TokenEntry entry, TimeProvider time, CancellationToken cancellation)
    {
        TokenEntry.RequireName(entry.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        await using FileStream file = await OpenAloneAsync(path, time, cancellation);
        string separator = EndsWithinALine(file) ? "\n" : "";
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes($"{separator}{entry}\n"));
        file.Flush(flushToDisk: true);
    }

    private static async Task<FileStream> OpenAloneAsync(string path, TimeProvider time, CancellationToken cancellation)
    {
        // No buffer: a line goes to the operating system in one piece.
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException) when (attempt < MostAttempts && File.Exists(path))
            {
                await Task.Delay(BetweenAttempts, time, cancellation);
            }
        }
    }

    // An editor may have left the last line without its end.
    private static bool EndsWithinALine(FileStream file)
    {
        if (file.Length == 0)
        {
            return false;
        }

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }
}
