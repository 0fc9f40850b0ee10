using System.Globalization;
using System.Net;

namespace Bitcurve.Search.Api;

/// <summary>Where a server listens.</summary>
/// <param name="Host">As given: <c>localhost</c>, <c>*</c>, or an IP address.</param>
/// <param name="Address">Null for <c>localhost</c> (both of its addresses) and for <c>*</c> (all addresses of the machine).</param>
/// <param name="Port">0 lets the system choose.</param>
public sealed record ListenAddress(string Host, IPAddress? Address, int Port)
{
    private const string Scheme = "http://";

    /// <summary>Whether only programs of this machine can reach it.</summary>
    public bool IsLoopback => Host == "localhost" || (Address is not null && IPAddress.IsLoopback(Address));

    /// <exception cref="ArgumentException">Not of the form <c>http://ADDRESS:PORT</c>.</exception>
    public static ListenAddress Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        if (text.StartsWith(Scheme, StringComparison.Ordinal) && colon > Scheme.Length
            && ushort.TryParse(text.AsSpan(colon + 1).TrimEnd('/'), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            string host = text[Scheme.Length..colon];
            if (host is "localhost" or "*" or "+")
            {
                return new ListenAddress(host == "+" ? "*" : host, null, port);
            }

            if (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && (host[0] == '[') == host.Contains(':'))
            {
                return new ListenAddress(host, address, port);
            }
        }

        throw new ArgumentException($"--listen: expected http://ADDRESS:PORT with an IP address, localhost or *, actual '{text}'. TLS belongs into a proxy in front.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Scheme}{Host}:{Port}");
}
