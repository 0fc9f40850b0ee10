using System.Text.Json;

namespace Bitcurve.Search.Bench.Quality;

/// <summary>Finished searches on disk, one JSON object per line. A line that was cut off when a process ended is dropped. Thread-safe.</summary>
public sealed class QualityFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly string path;
    private readonly HashSet<string> finished;
    private readonly Lock writing = new();

    private QualityFile(string path, IEnumerable<SearchQuality> searches) => (this.path, finished) = (path, [.. searches.Select(search => search.Key())]);

    /// <summary>Goes on with what is there.</summary>
    /// <exception cref="ArgumentException">A line is no finished search.</exception>
    public static QualityFile Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        if (!text.EndsWith('\n'))
        {
            File.WriteAllText(path, text[..(text.LastIndexOf('\n') + 1)]);
        }

        return new QualityFile(path, Read(path));
    }

    /// <exception cref="ArgumentException">The file is missing, or a line is no finished search.</exception>
    public static IReadOnlyList<SearchQuality> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new ArgumentException($"{path}: expected a file of finished searches, actual none");
        }

        return [.. File.ReadLines(path).Select((line, k) => Parse(line, $"{path} line {k + 1}"))];
    }

    public bool Contains(string key) => finished.Contains(key);

    public void Append(SearchQuality search)
    {
        lock (writing)
        {
            File.AppendAllText(path, JsonSerializer.Serialize(search, Json) + "\n");
        }
    }

    private static SearchQuality Parse(string line, string place)
    {
        try
        {
            return JsonSerializer.Deserialize<SearchQuality>(line, Json) ?? throw new ArgumentException($"{place}: expected a finished search, actual null");
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"{place}: expected a finished search, actual '{line}'", error);
        }
    }
}
