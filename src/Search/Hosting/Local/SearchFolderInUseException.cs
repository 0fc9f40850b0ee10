namespace Bitcurve.Search.Hosting.Local;

/// <summary>Another process runs the search of this folder.</summary>
public sealed class SearchFolderInUseException(string folder, string owner)
    : IOException($"{folder} is in use by {owner}. Stop that process first, or choose another folder.");
