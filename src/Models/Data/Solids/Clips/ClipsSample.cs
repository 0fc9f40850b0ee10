namespace Bitcurve.Models.Data.Solids;

/// <summary>A clip.</summary>
/// <param name="Frames">3 x Length x Size x Size bytes: a plane per channel and frame, row by row.</param>
/// <param name="Motion">Number of its class.</param>
public sealed record ClipsSample(byte[] Frames, int Motion) : ISample
{
    public void AddTo(SampleDigest digest)
    {
        digest.Add<byte>(Frames);
        digest.Add(Motion);
    }
}
