namespace Bitcurve.Gp;

/// <summary>A row-major rectangle of an array: element (i, j) at <c>Offset + i Stride + j</c>.</summary>
internal readonly record struct MatrixView
{
    /// <exception cref="ArgumentException">When the rectangle does not lie within the array, or its rows overlap.</exception>
    public MatrixView(double[] entries, int offset, int stride, int rows, int columns)
    {
        var end = rows == 0 || columns == 0 ? offset : offset + ((long)(rows - 1) * stride) + columns;
        if (offset < 0 || rows < 0 || columns < 0 || end > entries.Length || (rows > 1 && stride < columns))
        {
            throw new ArgumentException(
                $"Expected {rows} x {columns} entries from offset {offset} with stride {stride} to lie apart and within the array, "
                + $"got an array of {entries.Length}.", nameof(entries));
        }
        (Entries, Offset, Stride, Rows, Columns) = (entries, offset, stride, rows, columns);
    }

    public double[] Entries { get; }

    public int Offset { get; }

    public int Stride { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Where row i starts in <see cref="Entries"/>.</summary>
    public int Row(int i) => Offset + (i * Stride);

    /// <summary>The columns [start, end) of every row.</summary>
    public MatrixView ColumnRange(int start, int end) => new(Entries, Offset + start, Stride, Rows, end - start);

    /// <summary>The rows [start, end).</summary>
    public MatrixView RowRange(int start, int end) => new(Entries, Row(start), Stride, end - start, Columns);
}
