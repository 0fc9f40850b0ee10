using System.Security.Cryptography;
using System.Text;

namespace Bitcurve.Models.Data.Formats;

/// <summary>A folder of one folder for each class: whose files belong to which split.</summary>
internal static class ClassFolders
{
    // Of a hundred, where there are no lists: the last for the test split, those before for validation.
    private const int TestShare = 10;
    private const int ValidationShare = 10;

    /// <summary>The names of the class folders, sorted: a label is a position among them.</summary>
    /// <exception cref="DataFormatException">There is no such folder, or none in it.</exception>
    internal static string[] Classes(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DataFormatException(folder, "data folder", null, "a folder of class folders", "no such folder");
        }

        string[] classes = [.. Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        return classes.Length > 0 ? classes : throw new DataFormatException(folder, "data folder", null, "a folder of class folders", "none in it");
    }

    /// <summary>A number 0 .. 99 that depends on a name alone, the same on every machine.</summary>
    internal static int Percentile(string name) => SHA256.HashData(Encoding.UTF8.GetBytes(name)) is var hash ? ((hash[0] << 8) + hash[1]) % 100 : 0;

    /// <summary>The split of a name where nobody has published one: eight, one and one tenth.</summary>
    internal static Split SplitOf(string name) => Percentile(name) switch
    {
        >= 100 - TestShare => Split.Test,
        >= 100 - TestShare - ValidationShare => Split.Validation,
        _ => Split.Train,
    };

    /// <summary>The items of a class and split, sorted: those of train.lst, val.lst and test.lst (a name a line) where the class has them, or by hash.</summary>
    /// <param name="folder">Of all classes.</param>
    /// <param name="name">Of the class.</param>
    /// <param name="split">Whose items.</param>
    /// <param name="all">The names of all items of the class.</param>
    /// <exception cref="DataFormatException">A list is missing while another is there, or names what is not there.</exception>
    internal static IEnumerable<string> Items(string folder, string name, Split split, IReadOnlyCollection<string> all)
    {
        string[] lists = [.. new[] { "train.lst", "val.lst", "test.lst" }.Select(list => Path.Combine(folder, name, list))];
        if (!lists.Any(File.Exists))
        {
            return all.Where(item => SplitOf($"{name}/{item}") == split).Order(StringComparer.Ordinal);
        }

        return Listed(lists[(int)split], all);
    }

    /// <summary>The names of a list, a name a line.</summary>
    /// <exception cref="DataFormatException">The list is missing, or names what is not in <paramref name="all"/>, or something twice.</exception>
    internal static string[] Listed(string list, IReadOnlyCollection<string> all)
    {
        if (!File.Exists(list))
        {
            throw new DataFormatException(list, "list", null, "a file", "no such file");
        }

        string[] lines = File.ReadAllLines(list);
        var known = all.ToHashSet();
        var seen = new HashSet<string>();
        for (int k = 0; k < lines.Length; k++)
        {
            string item = lines[k].Trim();
            if (item.Length > 0 && !(known.Contains(item) && seen.Add(item)))
            {
                throw new DataFormatException(list, $"name (line {k + 1})", null, "one that is there, once", item);
            }
        }

        return [.. seen.Order(StringComparer.Ordinal)];
    }
}
