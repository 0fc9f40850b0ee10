using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Telemetry;

/// <summary>One event that was journalled, with the search before and after it.</summary>
internal readonly record struct JournalStep(SearchState Before, SearchEvent Event, SearchState After, EventAnswer Answer);
