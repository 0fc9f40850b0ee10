namespace Bitcurve.Search.Api.Security;

/// <summary>What a token allows. An admin may do everything; a worker and a viewer only what is theirs.</summary>
public enum Role
{
    Admin,

    /// <summary>Takes jobs, sends reports, reads and writes artifacts.</summary>
    Worker,

    /// <summary>Reads searches, workers and reports.</summary>
    Viewer,
}

/// <summary>Names of the authorisation policies that endpoints ask for.</summary>
internal static class Policies
{
    internal const string Admin = "admin";
    internal const string Worker = "worker";
    internal const string Viewer = "viewer";
}
