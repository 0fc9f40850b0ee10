using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>
/// Names of grains. Each begins with a word: the ADO.NET storage takes a key that reads as a hexadecimal number or a GUID for one, so that
/// the searches <c>a</c> and <c>0a</c> would share a row.
/// </summary>
internal static class GrainKeys
{
    internal const string Index = "index";

    private const string SearchPrefix = "search-";
    private const string WorkerPrefix = "worker-";

    internal static string Search(string id) => SearchPrefix + id;

    internal static string SearchId(string key) => key[SearchPrefix.Length..];

    internal static string Worker(string id) => WorkerPrefix + id;

    internal static string WorkerId(string key) => key[WorkerPrefix.Length..];

    /// <summary>E.g. <c>search-vgg8-3f2a/000012</c>.</summary>
    internal static string Page(string searchKey, long page) => string.Create(CultureInfo.InvariantCulture, $"{searchKey}/{page:d6}");

    /// <summary>Hashed: clients choose keys of any length.</summary>
    internal static string Idempotency(string key) => $"key-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
}
