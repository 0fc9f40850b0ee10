using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bitcurve.Search.Cli;

/// <summary>The written form of <c>bitcurve gp</c>: one object with a list of cases, numbers so that they read back exactly.</summary>
internal static class GpJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Names of cases appear as they were given; nothing here becomes part of a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Computes all cases first: a fault in the last one leaves no half-written result.</summary>
    /// <param name="path">Where to, null for standard output.</param>
    /// <param name="cases">One result per case.</param>
    internal static void Write<T>(string? path, IEnumerable<T> cases)
    {
        var result = new { Cases = cases.ToArray() };
        if (path is null)
        {
            using var output = Console.OpenStandardOutput();
            Write(output, result);
            return;
        }

        using (var target = File.Create(path + ".partial"))
        {
            Write(target, result);
        }

        File.Move(path + ".partial", path, overwrite: true);
    }

    private static void Write<T>(Stream target, T result)
    {
        JsonSerializer.Serialize(target, result, Options);
        target.Write("\n"u8);
    }
}
