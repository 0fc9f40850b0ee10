using System.Text;

namespace Bitcurve.Api.Tests;

/// <summary>A body as it stands, whether or not it is JSON.</summary>
internal static class JsonText
{
    internal static StringContent Of(string text, string contentType = "application/json") => new(text, Encoding.UTF8, contentType);
}
