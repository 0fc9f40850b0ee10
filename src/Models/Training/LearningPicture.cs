namespace Bitcurve.Models.Training;

/// <summary>Something a person can look at: what a network makes of some held-out samples.</summary>
/// <param name="Name">Of the file without its ending.</param>
/// <param name="Caption">What is to be seen, in one line.</param>
/// <param name="Png">The image.</param>
public sealed record LearningPicture(string Name, string Caption, byte[] Png);
