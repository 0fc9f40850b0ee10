using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Agent.Remote;

/// <summary>Requests to the server that are repeated until it answers. Thread-safe.</summary>
/// <param name="http">With the server's address as its base; owned by the caller.</param>
/// <param name="delays">Between tries.</param>
/// <param name="time">Measures delays and patience.</param>
public sealed class ServerConnection(HttpClient http, RetryDelays delays, TimeProvider time)
{
    /// <summary>How long one try of an ordinary request may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private bool isLost;

    /// <summary>The server could not be reached, with the reason; raised once until it is reached again.</summary>
    public event Action<string>? Lost;

    public event Action? Regained;

    /// <summary>A client for a server.</summary>
    /// <param name="server">Its address, e.g. <c>http://127.0.0.1:5080</c>.</param>
    /// <param name="token">Goes with every request; null for none.</param>
    public static HttpClient Client(Uri server, string? token) => new(new SocketsHttpHandler { ActivityHeadersPropagator = null })
    {
        BaseAddress = new Uri($"{server.AbsoluteUri.TrimEnd('/')}/api/v1/"),

        // Every try has a limit of its own.
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
    };

    /// <summary>Sends until the server gives an answer that <paramref name="read"/> can read to its end.</summary>
    /// <param name="make">Called for every try; requests are sent once.</param>
    /// <param name="read">Gets answers other than 401, 403, 408, 429 and 5xx.</param>
    /// <param name="patience">For one try.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="ServerRefusedException">401 or 403, or an answer that is not of this protocol.</exception>
    public async Task<T> SendAsync<T>(
        Func<HttpRequestMessage> make, Func<HttpResponseMessage, CancellationToken, Task<T>> read, TimeSpan patience, CancellationToken cancellation)
    {
        for (var failures = 0; ; failures++)
        {
            TimeSpan? asked = null;
            try
            {
                using var limit = new CancellationTokenSource(patience, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
                using var request = make();
                AddTraceContext(request);
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
                if (!IsPassing(response.StatusCode))
                {
                    await RequireWelcomeAsync(response, either.Token);
                    var answer = await read(response, either.Token);
                    Reached();
                    return answer;
                }

                asked = RetryAfter(response.Headers.RetryAfter);
                Missed(response.StatusCode == HttpStatusCode.TooManyRequests ? null : $"it answered {(int)response.StatusCode} {response.ReasonPhrase}");
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                Missed(FormattableString.Invariant($"no answer within {patience.TotalSeconds:0} s"));
            }
            catch (Exception problem) when (IsOfNetwork(problem))
            {
                Missed(problem.GetBaseException().Message.TrimEnd('.'));
            }
            catch (JsonException problem)
            {
                throw new ServerRefusedException($"{http.BaseAddress}: expected an answer of a bitcurve server, actual {problem.Message}");
            }

            await Task.Delay(delays.After(failures, asked), time, cancellation);
        }
    }

    /// <summary>The body of a successful answer.</summary>
    /// <exception cref="RequestRefusedException">Another status.</exception>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        await RequireSuccessAsync(response, cancellation);
        return JsonSerializer.Deserialize<T>(await response.Content.ReadAsByteArrayAsync(cancellation), JobJson.Options)
            ?? throw new JsonException("null");
    }

    /// <exception cref="RequestRefusedException">Another status than 2xx.</exception>
    public static async Task RequireSuccessAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new RequestRefusedException(await ProblemText.OfAsync(response, cancellation));
        }
    }

    // The server's spans follow the worker's own: the client's spans that .NET would put between them are exported by nobody.
    private static void AddTraceContext(HttpRequestMessage request) => DistributedContextPropagator.Current.Inject(
        Activity.Current, request, static (carrier, name, value) => ((HttpRequestMessage)carrier!).Headers.TryAddWithoutValidation(name, value));

    private async Task RequireWelcomeAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new ServerRefusedException(
                $"{http.BaseAddress}: expected a token of role worker or admin (--token-file), actual {await ProblemText.OfAsync(response, cancellation)}");
        }
    }

    // Over a network an interrupted body is an IOException; so is a full disk here, which is not the server's doing.
    private static bool IsOfNetwork(Exception problem) =>
        problem is HttpRequestException or HttpIOException || (problem is IOException && problem.InnerException is SocketException);

    private static bool IsPassing(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header?.Delta ?? (header?.Date - time.GetUtcNow());

    private void Missed(string? reason)
    {
        lock (gate)
        {
            if (reason is null || isLost)
            {
                return;
            }

            isLost = true;
        }

        Lost?.Invoke(reason);
    }

    private void Reached()
    {
        lock (gate)
        {
            if (!isLost)
            {
                return;
            }

            isLost = false;
        }

        Regained?.Invoke();
    }
}
