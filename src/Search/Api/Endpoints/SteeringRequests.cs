using Bitcurve.Search.Choosing;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>More budget: exactly one of both.</summary>
/// <param name="Budget">The new total, e.g. <c>200epochs</c>.</param>
/// <param name="By">What comes on top, e.g. <c>50epochs</c>.</param>
public sealed record TopUpRequest(string? Budget = null, string? By = null);

/// <summary>A search that has ended goes on; what is left out stays.</summary>
/// <param name="Budget">The new total.</param>
/// <param name="By">What comes on top; not together with a total.</param>
/// <param name="Choosing">Other settings to choose by.</param>
/// <param name="Verification">Other settings to verify by.</param>
public sealed record ExtendRequest(
    string? Budget = null, string? By = null, ChoosingSettings? Choosing = null, VerificationSettings? Verification = null);
