using System.Globalization;

namespace Bitcurve.Models.Data.Formats;

/// <summary>The numbers of a .ply file after its header, one after another. For one thread.</summary>
internal abstract class PlyValues
{
    /// <summary>The next number.</summary>
    /// <param name="type">As the header says.</param>
    /// <param name="what">For messages, made only where one is needed.</param>
    /// <exception cref="DataFormatException">The file ends, or there is no finite number (no whole one, where the type is an integer).</exception>
    internal abstract double Next(PlyType type, Func<string> what);

    /// <exception cref="DataFormatException">Something is left.</exception>
    internal abstract void RequireEnd();

    /// <summary>Little-endian numbers.</summary>
    internal sealed class Binary(byte[] file, int start, string name) : PlyValues
    {
        private int offset = start;

        internal override double Next(PlyType type, Func<string> what)
        {
            int bytes = PlyTypes.Bytes(type);
            if (file.Length - offset < bytes)
            {
                throw new DataFormatException(name, what(), offset, $"{bytes} bytes", $"{file.Length - offset} (the file is truncated)");
            }

            double value = PlyTypes.Value(type, file.AsSpan(offset));
            if (!double.IsFinite(value))
            {
                throw new DataFormatException(name, what(), offset, "a finite number", $"{value}");
            }

            offset += bytes;
            return value;
        }

        internal override void RequireEnd()
        {
            if (offset < file.Length)
            {
                throw new DataFormatException(name, "end", offset, "nothing after the last element", $"{file.Length - offset} bytes");
            }
        }
    }

    /// <summary>Numbers as text, between white space.</summary>
    internal sealed class Text(byte[] file, int start, int line, string name) : PlyValues
    {
        private int offset = start;
        private int lineNumber = line + 1;

        internal override double Next(PlyType type, Func<string> what)
        {
            SkipSpace();
            int first = offset;
            while (offset < file.Length && !IsSpace(file[offset]))
            {
                offset++;
            }

            ReadOnlySpan<byte> field = file.AsSpan(first, offset - first);
            bool isNumber = double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value);
            return isNumber && (PlyTypes.IsFloat(type) || value == Math.Truncate(value))
                ? value
                : throw new DataFormatException(
                    name, $"{what()} (line {lineNumber})", first, PlyTypes.IsFloat(type) ? "a finite number" : "a whole number",
                    field.IsEmpty ? "the end of the file" : System.Text.Encoding.Latin1.GetString(field));
        }

        internal override void RequireEnd()
        {
            SkipSpace();
            if (offset < file.Length)
            {
                throw new DataFormatException(name, $"end (line {lineNumber})", offset, "nothing after the last element", $"{file.Length - offset} bytes");
            }
        }

        private static bool IsSpace(byte letter) => letter is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

        private void SkipSpace()
        {
            for (; offset < file.Length && IsSpace(file[offset]); offset++)
            {
                lineNumber += file[offset] == '\n' ? 1 : 0;
            }
        }
    }
}
