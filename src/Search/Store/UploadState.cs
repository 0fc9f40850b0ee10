namespace Bitcurve.Search.Store;

/// <summary>What came of a part of an upload.</summary>
public enum UploadOutcome
{
    /// <summary>Taken; more is expected.</summary>
    Unfinished,

    /// <summary>The artifact is stored, now or since earlier.</summary>
    Complete,

    /// <summary>The part does not start where the earlier ones end; nothing was taken.</summary>
    WrongOffset,

    /// <summary>All bytes came, and their hash is another one; they were thrown away.</summary>
    WrongContent,

    /// <summary>The artifact would be larger than is allowed; nothing was taken.</summary>
    TooLarge,
}

/// <param name="Outcome">What came of it.</param>
/// <param name="Bytes">Bytes held now: where the next part has to start.</param>
public sealed record UploadState(UploadOutcome Outcome, long Bytes);
