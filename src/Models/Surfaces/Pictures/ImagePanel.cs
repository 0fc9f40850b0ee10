namespace Bitcurve.Models.Surfaces.Pictures;

/// <summary>One image, or the frames of a clip in reading order, as large as fits with square pixels.</summary>
/// <param name="Pixels">C x F x H x W bytes with C = 3 (red, green, blue planes) or 1 (grey).</param>
/// <param name="Height">H.</param>
/// <param name="Width">W.</param>
/// <param name="Frames">F; 1 for an image.</param>
/// <param name="Columns">How many columns of the picture it takes.</param>
public sealed record ImagePanel(byte[] Pixels, int Height, int Width, int Frames = 1, int Columns = 1) : Panel
{
    private const int Gap = 3;

    public override int Span => Columns;

    internal override byte[] Draw(int width, int height)
    {
        long plane = (long)Frames * Height * Width;
        if (Frames < 1 || Height < 1 || Width < 1 || (Pixels.Length != plane && Pixels.Length != 3 * plane))
        {
            throw new ArgumentException($"Expected 1 or 3 x {Frames} x {Height} x {Width} bytes, actual {Pixels.Length}.");
        }

        byte[] drawn = new byte[3 * width * height];
        Array.Fill(drawn, byte.MaxValue);
        (int perRow, double scale) = Enumerable.Range(1, Frames).Select(count => (count, Scale(count, width, height))).MaxBy(option => option.Item2);
        (int frameWidth, int frameHeight) = (Math.Max(1, (int)(Width * scale)), Math.Max(1, (int)(Height * scale)));
        int rows = (Frames + perRow - 1) / perRow;
        int left = (width - (perRow * (frameWidth + Gap)) + Gap) / 2;
        int top = (height - (rows * (frameHeight + Gap)) + Gap) / 2;
        for (int frame = 0; frame < Frames; frame++)
        {
            int x = left + (frame % perRow * (frameWidth + Gap));
            int y = top + (frame / perRow * (frameHeight + Gap));
            for (int k = 0; k < frameWidth * frameHeight; k++)
            {
                (int column, int row) = (x + (k % frameWidth), y + (k / frameWidth));
                if ((uint)column < (uint)width && (uint)row < (uint)height)
                {
                    Copy(frame, k / frameWidth * Height / frameHeight, k % frameWidth * Width / frameWidth, drawn.AsSpan(3 * ((row * width) + column), 3));
                }
            }
        }

        return drawn;
    }

    // Screen pixels per pixel with so many frames in a row.
    private double Scale(int perRow, int width, int height)
    {
        int rows = (Frames + perRow - 1) / perRow;
        return Math.Min((((width + Gap) / (double)perRow) - Gap) / Width, (((height + Gap) / (double)rows) - Gap) / Height);
    }

    private void Copy(int frame, int row, int column, Span<byte> pixel)
    {
        int plane = Frames * Height * Width;
        int place = (((frame * Height) + row) * Width) + column;
        for (int channel = 0; channel < 3; channel++)
        {
            pixel[channel] = Pixels[place + (Pixels.Length == plane ? 0 : channel * plane)];
        }
    }
}
