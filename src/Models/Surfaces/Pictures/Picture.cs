namespace Bitcurve.Models.Surfaces.Pictures;

/// <summary>Panels in rows on white, each with a caption below: what a person looks at to judge reconstructions.</summary>
/// <remarks>Drawn in software: the same panels give the same bytes on one platform.</remarks>
public sealed class Picture
{
    private const int LetterScale = 2;
    private const int CaptionLines = 2;
    private const int LineHeight = (PixelFont.Rows + 3) * LetterScale;
    private const int Gap = 12;
    private const int SmallestPanel = 32;
    private const int LargestPanel = 2048;
    private const byte Ink = 40;

    private readonly IReadOnlyList<IReadOnlyList<Panel>> rows;
    private readonly int size;

    private Picture(IReadOnlyList<IReadOnlyList<Panel>> rows, int size) => (this.rows, this.size) = (rows, size);

    /// <summary>Printed above the panels; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <param name="rows">Rows of panels; they may differ in number.</param>
    /// <param name="panelSize">Width and height of a panel, pixels: 32 .. 2048.</param>
    /// <exception cref="ArgumentException">There is no panel, or the size is outside its range.</exception>
    public static Picture Of(IReadOnlyList<IReadOnlyList<Panel>> rows, int panelSize = 256)
    {
        if (!rows.Any(row => row.Count > 0) || panelSize is < SmallestPanel or > LargestPanel)
        {
            throw new ArgumentException(
                $"Expected at least one panel of {SmallestPanel} .. {LargestPanel} pixels, actual {rows.Sum(row => row.Count)} of {panelSize}.", nameof(rows));
        }

        return new Picture(rows, panelSize);
    }

    /// <summary>Draws all panels and writes a PNG file.</summary>
    /// <param name="stream">Left open.</param>
    /// <exception cref="ArgumentException">A panel's colours or pixels do not fit what it shows.</exception>
    public void WritePng(Stream stream)
    {
        int width = Gap + rows.Max(row => row.Sum(panel => PanelWidth(panel) + Gap));
        int top = Title.Length > 0 ? Gap + LineHeight : 0;
        int height = top + Gap + rows.Sum(row => size + Gap + CaptionHeight(row));
        byte[] pixels = new byte[3 * width * height];
        Array.Fill(pixels, byte.MaxValue);
        Print(Title, Gap, Gap, width - Gap, pixels, width);
        int y = top + Gap;
        foreach (IReadOnlyList<Panel> row in rows)
        {
            int x = Gap;
            foreach (Panel panel in row)
            {
                Paste(panel.Draw(PanelWidth(panel), size), PanelWidth(panel), x, y, pixels, width);
                PrintCaption(panel, x, y + size + (Gap / 2), pixels, width);
                x += PanelWidth(panel) + Gap;
            }

            y += size + Gap + CaptionHeight(row);
        }

        PngWriter.Write(pixels, width, stream);
    }

    /// <summary>Writes a PNG file, and the folder that it is to lie in.</summary>
    public void WritePng(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        using FileStream stream = File.Create(path);
        WritePng(stream);
    }

    private int PanelWidth(Panel panel) => (panel.Span * (size + Gap)) - Gap;

    private int CaptionHeight(IReadOnlyList<Panel> row) => row.Select(panel => Lines(panel).Count).DefaultIfEmpty(0).Max() * LineHeight;

    // Words in at most two lines; what does not fit is left out.
    private List<string> Lines(Panel panel)
    {
        int fits = PanelWidth(panel) / (PixelFont.Advance * LetterScale);
        List<string> lines = [];
        foreach (string word in panel.Caption.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && lines[^1].Length + 1 + word.Length <= fits)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(word.Length <= fits ? word : word[..fits]);
            }
        }

        return lines.Count <= CaptionLines ? lines : lines[..CaptionLines];
    }

    private void PrintCaption(Panel panel, int x, int y, byte[] pixels, int width)
    {
        foreach (string line in Lines(panel))
        {
            int left = x + ((PanelWidth(panel) - (line.Length * PixelFont.Advance * LetterScale)) / 2);
            Print(line, left, y, x + PanelWidth(panel), pixels, width);
            y += LineHeight;
        }
    }

    private static void Print(string text, int x, int y, int end, byte[] pixels, int width) => PixelFont.Write(text, (column, row) =>
    {
        for (int k = 0; k < LetterScale * LetterScale; k++)
        {
            int across = x + (column * LetterScale) + (k % LetterScale);
            if (across < end)
            {
                pixels.AsSpan(3 * (((y + (row * LetterScale) + (k / LetterScale)) * width) + across), 3).Fill(Ink);
            }
        }
    });

    private static void Paste(byte[] panel, int panelWidth, int x, int y, byte[] pixels, int width)
    {
        for (int row = 0; row < panel.Length / (3 * panelWidth); row++)
        {
            panel.AsSpan(3 * row * panelWidth, 3 * panelWidth).CopyTo(pixels.AsSpan(3 * (((y + row) * width) + x)));
        }
    }
}
