namespace Bitcurve.Search.Api;

/// <summary>What a server says about itself.</summary>
/// <param name="Version">Of bitcurve.</param>
/// <param name="Engine"><c>local</c> or <c>orleans</c>.</param>
/// <param name="Store"><c>sqlite</c> or <c>postgresql</c>.</param>
/// <param name="StartedAt">When this process began to serve.</param>
public sealed record ServerInfo(string Version, string Engine, string Store, DateTimeOffset StartedAt);
