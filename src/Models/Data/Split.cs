namespace Bitcurve.Models.Data;

/// <summary>The part of a data set that a number was measured on; the values key random streams, so they never change.</summary>
public enum Split
{
    /// <summary>Trained on, and fine-tuned on.</summary>
    Train = 0,

    /// <summary>Read by the search.</summary>
    Validation = 1,

    /// <summary>Read only to verify what the search chose.</summary>
    Test = 2,
}
