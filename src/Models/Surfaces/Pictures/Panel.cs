namespace Bitcurve.Models.Surfaces.Pictures;

/// <summary>One field of a <see cref="Picture"/>.</summary>
public abstract record Panel
{
    /// <summary>Printed below, in ASCII; longer than two lines is cut.</summary>
    public string Caption { get; init; } = "";

    /// <summary>How many columns of the picture it takes.</summary>
    public virtual int Span => 1;

    /// <summary>Draws the panel: height x width pixels of R G B bytes.</summary>
    internal abstract byte[] Draw(int width, int height);
}
