using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Bitcurve.Search.Api;

/// <summary>Warnings and errors as one line each. What happens to searches is in their journals; this is about the server itself. Where traces
/// are recorded, a line names its own.</summary>
public sealed class LineLog(TextWriter output) : ILoggerProvider
{
    private readonly Lock gate = new();

    public ILogger CreateLogger(string categoryName) => new Lines(this);

    public void Dispose()
    {
    }

    private void Write(string line)
    {
        lock (gate)
        {
            output.WriteLine(line);
        }
    }

    private sealed class Lines(LineLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Warning or LogLevel.Error or LogLevel.Critical;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                string what = exception is null ? formatter(state, exception) : $"{formatter(state, exception)}: {exception}";
                string trace = Activity.Current is { Recorded: true } span ? $" (trace {span.TraceId})" : "";
                log.Write($"bitcurve: {(logLevel == LogLevel.Warning ? "warning" : "error")}: {what.ReplaceLineEndings(" | ")}{trace}");
            }
        }
    }
}
