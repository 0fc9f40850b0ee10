namespace Bitcurve.Search.Store;

/// <summary>The database cannot be reached at present; trying again may help.</summary>
public sealed class StoreUnavailableException(string message, Exception cause) : IOException(message, cause);
