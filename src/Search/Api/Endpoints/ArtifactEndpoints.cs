using System.Globalization;
using Bitcurve.Search.Api.Problems;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>Checkpoints by their SHA-256: workers fetch what to start from and bring what they made, in parts where the line breaks.</summary>
internal static class ArtifactEndpoints
{
    private const string ContentType = "application/octet-stream";
    private const string OffsetHeader = "Upload-Offset";
    private const string LengthHeader = "Upload-Length";

    internal static void Map(RouteGroupBuilder api, ServerOptions options)
    {
        api.MapMethods("/artifacts/{sha256}", ["GET", "HEAD"], Read)
            .Answers(Policies.Worker, "The bytes, or a range of them; to HEAD where it is missing, Upload-Offset tells how much is there.", StatusCodes.Status200OK, ContentType);
        api.MapPatch("/artifacts/{sha256}", AppendAsync)
            .WithMetadata(new BodyLimit(options.MaximumArtifactBytes))
            .Answers(Policies.Worker, "Adds a part, which starts at Upload-Offset of Upload-Length bytes in all.", StatusCodes.Status204NoContent);
    }

    private static IResult Read(HttpContext context, FileArtifactStore artifacts)
    {
        string hash = RequestValues.Hash(context);

        // Whoever hears that it is here may name it in the next moment: it must not be swept away until then.
        if (artifacts.Renew(hash))
        {
            return Results.Stream(artifacts.OpenRead(hash), ContentType, enableRangeProcessing: true);
        }

        SetOffset(context, artifacts.UploadedBytes(hash));
        throw ProblemException.NotFound($"Artifact: expected one that is stored, actual {hash}.");
    }

    private static async Task AppendAsync(HttpContext context, FileArtifactStore artifacts, ServerOptions options)
    {
        string hash = RequestValues.Hash(context);
        long offset = Required(context, OffsetHeader);
        long length = Required(context, LengthHeader);
        if (offset > length)
        {
            throw ProblemException.BadRequest(OffsetHeader, $"at most {length} as in {LengthHeader}", $"{offset}");
        }

        UploadState state = await artifacts.AppendUploadAsync(hash, offset, length, context.Request.Body, context.RequestAborted);
        SetOffset(context, state.Bytes);
        context.Response.StatusCode = state.Outcome switch
        {
            UploadOutcome.Unfinished or UploadOutcome.Complete => StatusCodes.Status204NoContent,
            UploadOutcome.WrongOffset => throw new ProblemException(new Problem(
                "Conflict", StatusCodes.Status409Conflict, $"{OffsetHeader}: expected {state.Bytes}, actual {offset}.", OffsetHeader, $"{state.Bytes}", $"{offset}")),
            UploadOutcome.WrongContent => throw new ProblemException(new Problem(
                "Unsuitable request", StatusCodes.Status422UnprocessableEntity,
                $"Content: expected bytes with SHA-256 {hash}, actual others. The upload was dropped; begin anew.")),
            _ => throw new ProblemException(new Problem(
                "Too large", StatusCodes.Status413PayloadTooLarge,
                $"{LengthHeader}: expected at most {options.MaximumArtifactBytes} bytes, actual {length}.", LengthHeader, $"at most {options.MaximumArtifactBytes}", $"{length}")),
        };
    }

    private static long Required(HttpContext context, string name) =>
        RequestValues.Header(context, name) ?? throw ProblemException.BadRequest(name, "a whole number", "none");

    private static void SetOffset(HttpContext context, long bytes) =>
        context.Response.Headers[OffsetHeader] = bytes.ToString(CultureInfo.InvariantCulture);
}
