using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Report;

/// <summary>The words for the reasons to verify a network.</summary>
internal static class Roles
{
    public static string Name(VerificationGroup group) => group switch
    {
        VerificationGroup.Fp32 => "FP32",
        VerificationGroup.Chosen => "Chosen",
        VerificationGroup.Front => "Front",
        VerificationGroup.Reversed => "Reversed",
        _ => "Uniform",
    };
}
