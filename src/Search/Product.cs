using System.Reflection;

namespace Bitcurve.Search;

/// <summary>This build of bitcurve.</summary>
public static class Product
{
    /// <summary>E.g. <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
