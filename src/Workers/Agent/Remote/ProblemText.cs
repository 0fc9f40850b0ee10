using System.Text.Json;

namespace Bitcurve.Workers.Agent.Remote;

/// <summary>What a server says is wrong, in one line.</summary>
internal static class ProblemText
{
    private const int LongestDetail = 500;

    /// <summary>E.g. <c>422 Unprocessable Entity: Worker id: expected ..., actual ...</c>.</summary>
    internal static async Task<string> OfAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = $"{(int)response.StatusCode} {response.ReasonPhrase}";
        var detail = Detail(await response.Content.ReadAsStringAsync(cancellation));
        return detail.Length == 0 ? status : $"{status}: {detail}";
    }

    private static string Detail(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            foreach (var name in (string[])["detail", "title"])
            {
                if (document.RootElement.ValueKind == JsonValueKind.Object
                    && document.RootElement.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String)
                {
                    return OneLine(text.GetString()!);
                }
            }

            return OneLine(body);
        }
        catch (JsonException)
        {
            // Something between here and the server answered, in words or a page of its own.
            return OneLine(body);
        }
    }

    private static string OneLine(string text) => (text.Length > LongestDetail ? text[..LongestDetail] : text).ReplaceLineEndings(" ").Trim();
}
