using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Bitcurve.Prometheus.Tests;

/// <summary>A real Prometheus on a free port of loopback, with its data in a folder of the test's.</summary>
internal sealed class PrometheusProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task reading;

    private PrometheusProcess(Process process, string address)
    {
        this.process = process;
        Http = new HttpClient { BaseAddress = new Uri($"http://{address}") };

        // It goes on writing, and must not stop because nobody reads.
        reading = process.StandardError.ReadToEndAsync();
    }

    internal HttpClient Http { get; }

    /// <summary>Returns when it listens.</summary>
    internal static async Task<PrometheusProcess> StartAsync(string configuration, string data)
    {
        var start = new ProcessStartInfo(
            PrometheusPrograms.Server!, [$"--config.file={configuration}", $"--storage.tsdb.path={data}", "--web.listen-address=127.0.0.1:0"])
        {
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        var said = new List<string>();
        while (await process.StandardError.ReadLineAsync() is string line)
        {
            said.Add(line);
            if (Regex.Match(line, @"msg=""Listening on"".* address=(\S+)") is { Success: true } match)
            {
                return new PrometheusProcess(process, match.Groups[1].Value);
            }
        }

        throw new InvalidOperationException($"prometheus did not start: {string.Join('\n', said)}");
    }

    /// <summary>What a query finds now: labels and value of each series.</summary>
    /// <exception cref="InvalidDataException">Prometheus refuses the query.</exception>
    internal async Task<IReadOnlyList<(JsonNode Labels, double Value)>> QueryAsync(string query)
    {
        JsonNode data = await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}");
        return [.. data["result"]!.AsArray().Select(series => (series!["metric"]!, ValueOf((string)series["value"]![1]!)))];
    }

    /// <summary>The <c>data</c> of an answer of its HTTP interface.</summary>
    internal async Task<JsonNode> GetAsync(string path)
    {
        using HttpResponseMessage response = await Http.GetAsync(path);
        JsonNode? answer = await response.Content.ReadFromJsonAsync<JsonNode>();
        return (string?)answer!["status"] == "success" ? answer["data"]! : throw new InvalidDataException($"{path}: {(string?)answer["error"]}");
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        await reading;
        process.Dispose();
    }

    private static double ValueOf(string text) => text switch
    {
        "NaN" => double.NaN,
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture),
    };
}
