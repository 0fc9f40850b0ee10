namespace Bitcurve.Models;

/// <summary>Where files are kept that can be made or fetched again.</summary>
public static class UserCache
{
    /// <summary><c>BITCURVE_CACHE</c>, else <c>XDG_CACHE_HOME/bitcurve</c>, else <c>~/.cache/bitcurve</c>; it may not exist yet.</summary>
    public static string Folder
    {
        get
        {
            var chosen = Environment.GetEnvironmentVariable("BITCURVE_CACHE");
            var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            var home = string.IsNullOrEmpty(cache) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache") : cache;
            return string.IsNullOrEmpty(chosen) ? Path.Combine(home, "bitcurve") : chosen;
        }
    }
}
