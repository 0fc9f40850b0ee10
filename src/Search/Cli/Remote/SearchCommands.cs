using System.CommandLine;
using System.Text.Json;
using Bitcurve.Search.Api.Endpoints;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Cli.Remote;

/// <summary><c>bitcurve search ...</c>: searches of a server.</summary>
internal static class SearchCommands
{
    private static readonly Argument<string> Id = new("id") { Description = "Id of the search." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON for scripts." };
    private static readonly Option<string?> Name = new("--name") { Description = "What to call the search." };
    private static readonly Option<double> Weight = new("--weight") { Description = "Share of the workers among searches of equal priority.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Priority = new("--priority") { Description = "Searches of a higher priority are served first.", DefaultValueFactory = _ => 0 };
    private static readonly Option<string> Cost = new("--cost") { Description = "What information is weighed against: device (learned times of each kind of device) or epochs.", DefaultValueFactory = _ => "device" };
    private static readonly Option<string?> Key = new("--idempotency-key") { Description = "The same key creates the same search, however often it is sent." };
    private static readonly Option<string?> State = new("--state") { Description = "Only searches that are running, paused, completed, cancelled or failed." };
    private static readonly Option<string?> NewBudget = new("--budget") { Description = "The new total, e.g. 300epochs." };
    private static readonly Option<string?> By = new("--by") { Description = "How much more, e.g. 50epochs." };
    private static readonly Option<string?> Output = new("--out") { Description = "Folder for the files [default: the search's id]." };

    internal static Command Create() => new("search", "Searches of a server: create, watch, steer, report.")
    {
        Creation(),
        Listing(),
        OfOne("show", "Shows where a search stands.", ShowAsync),
        OfOne("watch", "Shows where a search stands and what happens to it until it ends; with --json every event from the first on.", SearchWatch.RunAsync),
        OfOne("pause", "Lets running jobs end and starts no others.", (server, id, parsed, cancel) => SteerAsync(server, id, "pause", null, parsed, cancel)),
        OfOne("resume", "Ends a pause.", (server, id, parsed, cancel) => SteerAsync(server, id, "resume", null, parsed, cancel)),
        OfOne("cancel", "Ends a search with what it has.", (server, id, parsed, cancel) => SteerAsync(server, id, "cancel", null, parsed, cancel)),
        OfOne("top-up", "Raises the budget of a search.", (server, id, parsed, cancel) => SteerAsync(server, id, "top-up", ReadTopUp(parsed), parsed, cancel), NewBudget, By),
        OfOne("extend", "Goes on with a search that has ended.", (server, id, parsed, cancel) => SteerAsync(server, id, "extend", ReadExtension(parsed), parsed, cancel), NewBudget, By),
        OfOne("report", "Prints report.json.", ReportAsync),
        OfOne("export", "Writes report, table and weights into a folder.", (server, id, parsed, cancel) => SearchExport.RunAsync(server, id, parsed.GetValue(Output) ?? id, parsed, cancel), Output),
        OfOne("replay", "Makes every decision of a search again from its journal and compares.", SearchReplay.RunAsync),
    };

    internal static bool IsJson(ParseResult parsed) => parsed.GetValue(Json);

    internal static string PathOf(string id) => $"searches/{Uri.EscapeDataString(id)}";

    internal static void PrintJson(JsonElement value) => Console.WriteLine(value.GetRawText());

    private static Command Creation()
    {
        var command = new Command("create", "Creates a search; workers of the server carry it out.") { Name, Weight, Priority, Cost, Key };
        SearchOptions.AddTo(command);
        return WithServer(command, async (server, parsed, cancellation) =>
        {
            var request = SearchOptions.Read(parsed, ReadCost(parsed)) with
            {
                Name = parsed.GetValue(Name),
                Sharing = new SharingSettings(parsed.GetValue(Priority), parsed.GetValue(Weight)),
            };
            request.Check();
            var created = await SearchCreation.SendAsync(server, request, parsed.GetValue(Key), cancellation);
            var id = created.GetProperty("id").GetString();
            Console.WriteLine(IsJson(parsed) ? $$"""{"id":"{{id}}"}""" : id);
            return CommandLine.Success;
        });
    }

    private static bool ReadCost(ParseResult parsed) => parsed.GetValue(Cost) switch
    {
        "device" => true,
        "epochs" => false,
        var other => throw new ArgumentException($"--cost: expected device or epochs, actual '{other}'"),
    };

    private static Command Listing() => WithServer(new Command("list", "Lists searches.") { State }, async (server, parsed, cancellation) =>
    {
        var wanted = ReadState(parsed);
        var items = new List<JsonElement>();
        await foreach (var item in server.ItemsAsync("searches", cancellation))
        {
            if (wanted is null || SearchText.Summary(item).State == wanted)
            {
                items.Add(item);
            }
        }

        Console.Write((IsJson(parsed), items.Count) switch
        {
            (true, _) => JsonSerializer.Serialize(new Listing<JsonElement>(items), SearchJson.Options) + "\n",
            (_, 0) => wanted is { } state ? $"no search is {SearchText.State(state)}\n" : "no searches; begin one with: bitcurve search create --workload NETWORK/DATA\n",
            _ => SearchText.Table(items),
        });
        return CommandLine.Success;
    });

    private static SearchStatus? ReadState(ParseResult parsed)
    {
        if (parsed.GetValue(State) is not { } text)
        {
            return null;
        }

        return Enum.GetValues<SearchStatus>().Where(state => SearchText.State(state) == text).ToList() is [var wanted]
            ? wanted
            : throw new ArgumentException($"--state: expected running, paused, completed, cancelled or failed, actual '{text}'.");
    }

    private static async Task<int> ShowAsync(ServerConnection server, string id, ParseResult parsed, CancellationToken cancellation)
    {
        var view = await server.GetAsync(PathOf(id), cancellation);
        Print(IsJson(parsed) ? new SearchFacts(view) : await SearchFacts.ReadAsync(server, PathOf(id), view, cancellation), parsed);
        return CommandLine.Success;
    }

    private static async Task<int> SteerAsync(ServerConnection server, string id, string verb, object? body, ParseResult parsed, CancellationToken cancellation)
    {
        Print(new SearchFacts(await server.PostAsync($"{PathOf(id)}/{verb}", body, cancellation)), parsed);
        return CommandLine.Success;
    }

    private static async Task<int> ReportAsync(ServerConnection server, string id, ParseResult parsed, CancellationToken cancellation)
    {
        await using var report = await server.DownloadAsync($"{PathOf(id)}/report", cancellation);
        await using var output = Console.OpenStandardOutput();
        await report.CopyToAsync(output, cancellation);
        return CommandLine.Success;
    }

    private static void Print(SearchFacts facts, ParseResult parsed)
    {
        if (IsJson(parsed))
        {
            PrintJson(facts.View);
        }
        else
        {
            Console.Write(SearchText.Of(facts));
        }
    }

    // Only one of both comes back.
    private static (string? Total, string? By) ReadBudget(ParseResult parsed) => (parsed.GetValue(NewBudget), parsed.GetValue(By)) switch
    {
        (string total, null) => ($"{Budget.Parse(total)}", null),
        (null, string more) => (null, $"{Budget.Parse(more)}"),
        (null, null) => throw new ArgumentException("Budget: expected --budget TOTAL or --by MORE, actual neither."),
        _ => throw new ArgumentException("Budget: expected --budget TOTAL or --by MORE, actual both."),
    };

    private static TopUpRequest ReadTopUp(ParseResult parsed)
    {
        var (total, by) = ReadBudget(parsed);
        return new TopUpRequest(total, by);
    }

    private static ExtendRequest ReadExtension(ParseResult parsed)
    {
        var (total, by) = ReadBudget(parsed);
        return new ExtendRequest(total, by);
    }

    private static Command OfOne(
        string name, string description, Func<ServerConnection, string, ParseResult, CancellationToken, Task<int>> act, params Option[] options)
    {
        var command = new Command(name, description) { Id };
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        return WithServer(command, (server, parsed, cancellation) => act(server, parsed.GetValue(Id)!, parsed, cancellation));
    }

    private static Command WithServer(Command command, Func<ServerConnection, ParseResult, CancellationToken, Task<int>> act)
    {
        command.Options.Add(ServerConnection.Server);
        command.Options.Add(ServerConnection.TokenFile);
        command.Options.Add(Json);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var server = ServerConnection.Open(parsed);
            return await act(server, parsed, cancellation);
        });
        return command;
    }
}
