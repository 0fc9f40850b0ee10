namespace Bitcurve.Search.Store;

/// <summary>Another server holds the searches of a database.</summary>
public sealed class StoreInUseException(string message) : IOException(message);
