namespace Bitcurve.Models.Data;

/// <summary>One sample of a data set: arrays that must not be changed, since many trainings share them.</summary>
public interface ISample
{
    /// <summary>Adds everything that a network may see or be judged by.</summary>
    void AddTo(SampleDigest digest);
}
