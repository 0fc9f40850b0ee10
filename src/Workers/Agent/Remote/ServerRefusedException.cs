namespace Bitcurve.Workers.Agent.Remote;

/// <summary>The server does not want this worker, or is none that it could work for: asking again would not help.</summary>
public sealed class ServerRefusedException(string message) : Exception(message);

/// <summary>The server refused one request (4xx); others may go well.</summary>
public sealed class RequestRefusedException(string message) : Exception(message);
