using System.Globalization;
using System.Net;
using Bitcurve.Workers.Agent.Telemetry;

namespace Bitcurve.Workers.Agent.Remote;

/// <summary>Sends one artifact to the server in pieces, going on from where the server says it stands.</summary>
internal static class ArtifactUpload
{
    internal const string OffsetHeader = "Upload-Offset";
    internal const string LengthHeader = "Upload-Length";

    private const int PieceBytes = 8 << 20;

    // For one piece: half a megabit a second is enough.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // Answers in a row that bring the upload no further than it ever was: refusals for a hash or an offset.
    private const int MostRefusals = 5;

    /// <summary>Returns when the server has it.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="hash">SHA-256 of the content.</param>
    /// <param name="content">Seekable; only read when the server lacks something.</param>
    /// <param name="cancellation">Gives up; what arrived stays there for another try.</param>
    /// <exception cref="RequestRefusedException">The server does not take it.</exception>
    internal static async Task SendAsync(ServerConnection server, string hash, Func<Stream> content, CancellationToken cancellation)
    {
        if (await StandAsync(server, hash, cancellation) is not { } offset)
        {
            return;
        }

        await using var stream = content();
        var (highest, refusals) = (offset, 0);
        while (true)
        {
            var (next, refusal) = await SendPieceAsync(server, hash, stream, offset, cancellation);
            if (next == stream.Length)
            {
                return;
            }

            if (next is null)
            {
                if (await StandAsync(server, hash, cancellation) is not { } stands)
                {
                    return;
                }

                next = stands;
            }

            offset = next.Value;
            refusals = offset > highest ? 0 : refusals + 1;
            highest = Math.Max(highest, offset);
            if (refusals >= MostRefusals)
            {
                throw new RequestRefusedException($"artifact {hash}: expected the server to take it from byte {offset} on, actual {refusal ?? "no progress"}");
            }
        }
    }

    // Bytes the server has of an upload; null when it has the whole artifact.
    private static Task<long?> StandAsync(ServerConnection server, string hash, CancellationToken cancellation) => server.SendAsync(
        () => new HttpRequestMessage(HttpMethod.Head, $"artifacts/{hash}"),
        async (response, limit) =>
        {
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                return Offset(response) ?? 0;
            }

            await ServerConnection.RequireSuccessAsync(response, limit);
            return (long?)null;
        },
        ServerConnection.Patience,
        cancellation);

    // Where the server stands then; null, with the reason, when it did not take the piece and must be asked.
    private static async Task<(long? Next, string? Refusal)> SendPieceAsync(
        ServerConnection server, string hash, Stream content, long offset, CancellationToken cancellation)
    {
        var piece = new byte[Math.Max(0, Math.Min(PieceBytes, content.Length - offset))];
        content.Position = Math.Min(offset, content.Length);
        await content.ReadExactlyAsync(piece, cancellation);
        return await server.SendAsync<(long?, string?)>(
            () => Piece(hash, piece, offset, content.Length),
            async (response, limit) =>
            {
                if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity)
                {
                    return (null, await ProblemText.OfAsync(response, limit));
                }

                await ServerConnection.RequireSuccessAsync(response, limit);
                WorkerTelemetry.UploadSize.Add(piece.Length);
                return (Offset(response) ?? offset + piece.Length, null);
            },
            Patience,
            cancellation);
    }

    private static HttpRequestMessage Piece(string hash, byte[] piece, long offset, long length) => new(HttpMethod.Patch, $"artifacts/{hash}")
    {
        Content = new ByteArrayContent(piece) { Headers = { { "Content-Type", "application/octet-stream" } } },
        Headers = { { OffsetHeader, Text(offset) }, { LengthHeader, Text(length) } },
    };

    private static long? Offset(HttpResponseMessage response) =>
        response.Headers.TryGetValues(OffsetHeader, out var values)
        && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
