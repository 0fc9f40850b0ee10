using System.Text.Json;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>The client commands as a user gives them, against a real server whose worker takes milliseconds for a job.</summary>
public sealed class SearchCommandTests : IClassFixture<PythonService>
{
    private readonly PythonService service;

    public SearchCommandTests(PythonService service)
    {
        Assert.SkipWhen(PythonWorker.Missing is not null, PythonWorker.Missing ?? "");
        this.service = service;
    }

    [Fact]
    public async Task Create_Json_IsTheId()
    {
        JsonElement created = await service.JsonAsync("search", "create", "--workload", PythonWorker.Workload, "--budget", "1jobs", "--strategy", "random");

        Assert.Equal(["id"], Names(created));
        Assert.Equal(Text(created, "id"), Text(await service.JsonAsync("search", "show", Text(created, "id")), "id"));
    }

    [Fact]
    public async Task Create_SameKeyTwice_IsOneSearch() =>
        Assert.Equal(await service.CreateAsync("--idempotency-key", "k1"), await service.CreateAsync("--idempotency-key", "k1"));

    [Fact]
    public async Task Show_Completed_HasStateAndJobs()
    {
        JsonElement view = await service.JsonAsync("search", "show", service.Completed);
        JsonElement jobs = view.GetProperty("jobs");
        int succeeded = jobs.GetProperty("succeeded").GetInt32();

        Assert.Equal(("completed", 0, 0, 0), (Text(view, "state"), Number(jobs, "queued"), Number(jobs, "running"), Number(jobs, "failed")));
        Assert.True(succeeded > 5, "the baseline, five jobs of the search, and the verification");
        string text = await service.RunAsync("search", "show", service.Completed);
        Assert.StartsWith($"{service.Completed} (shared)\n  state     completed: The budget of 5jobs is spent.\n  workload  python/made-up\n", text);
        Assert.Contains($"{succeeded} done, 0 running, 0 waiting, 0 failed", text);
        Assert.Contains("5 of 5 jobs", text);
        Assert.Contains("FP32      92.0 %", text);
        Assert.Matches("\n  decided   [1-8]{8} to [0-9]+ epochs?, 0 nats for [0-9.]+ epochs: .+\n", text);
        Assert.DoesNotContain("forecast", text);
    }

    [Fact]
    public async Task Show_Running_TellsWhoCouldServeIt()
    {
        string id = await service.WaitingAsync();

        Assert.Contains("\n  workers   none that could serve it\n", await service.RunAsync("search", "show", id));
    }

    [Fact]
    public async Task List_ByState_HasOnlyThose()
    {
        string waiting = await service.WaitingAsync();

        string[] all = Ids(await service.JsonAsync("search", "list"));
        string[] completed = Ids(await service.JsonAsync("search", "list", "--state", "completed"));

        Assert.Contains(waiting, all);
        Assert.Contains(service.Completed, all);
        Assert.Contains(service.Completed, completed);
        Assert.DoesNotContain(waiting, completed);
        string[] table = (await service.RunAsync("search", "list", "--state", "completed")).Split('\n');
        Assert.Matches("^ID +NAME +STATE +WORKLOAD +JOBS DONE +SPENT +BEST$", table[0]);
        Assert.Contains(table, row => row.StartsWith(service.Completed, StringComparison.Ordinal) && row.Contains(" completed ", StringComparison.Ordinal));
        Assert.Equal("no search is failed\n", await service.RunAsync("search", "list", "--state", "failed"));
    }

    [Fact]
    public async Task PauseAndResume_AreSeen()
    {
        string id = await service.WaitingAsync();

        Assert.Equal("paused", Text(await service.JsonAsync("search", "pause", id), "state"));
        Assert.Contains("  state     paused\n", await service.RunAsync("search", "show", id));
        Assert.Equal("running", Text(await service.JsonAsync("search", "resume", id), "state"));
        Assert.Contains("  state     running, training the FP32 baseline\n", await service.RunAsync("search", "show", id));
    }

    [Fact]
    public async Task TopUp_ByMoreAndToATotal_RaisesTheBudget()
    {
        string id = await service.WaitingAsync();

        Assert.Contains("0 of 50 epochs", await service.RunAsync("search", "top-up", id, "--by", "20epochs"));
        Assert.Contains("0 of 70 epochs", await service.RunAsync("search", "top-up", id, "--budget", "70epochs"));
        Assert.Equal(70, (await service.JsonAsync("search", "show", id)).GetProperty("budget").GetProperty("amount").GetDouble());
    }

    [Fact]
    public async Task Extend_Completed_GoesOnAndCompletesAgain()
    {
        string id = await service.CompletedAsync();

        JsonElement extended = await service.JsonAsync("search", "extend", id, "--by", "3jobs");
        await service.RunAsync("search", "watch", id);

        Assert.Equal(8, extended.GetProperty("budget").GetProperty("amount").GetDouble());
        JsonElement view = await service.JsonAsync("search", "show", id);
        Assert.Equal(("completed", 8), (Text(view, "state"), view.GetProperty("spent").GetProperty("jobs").GetInt32()));
    }

    [Fact]
    public async Task Cancel_EndsItWithWhatItHas()
    {
        string id = await service.WaitingAsync();

        Assert.Equal("cancelled", Text(await service.JsonAsync("search", "cancel", id), "state"));

        using var report = JsonDocument.Parse(await service.RunAsync("search", "report", id));
        Assert.Equal("cancelled", Text(report.RootElement, "phase"));
        Assert.Contains("cancelled: Cancelled by the user.", await service.RunAsync("search", "watch", id));
        Finished exported = await service.TryAsync("search", "export", id, "--out", "cancelled");
        Assert.Equal(0, exported.ExitCode);
        Assert.Equal(["report.html", "report.json", "trials.csv"], Files("cancelled"));
        Assert.Equal(
            ["bitcurve: baseline.safetensors is left out", "bitcurve: chosen.safetensors is left out"],
            exported.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..line.LastIndexOf(": ", StringComparison.Ordinal)].Replace(": Weights", "")));
    }

    [Fact]
    public async Task Report_HasTheFieldsOfARun()
    {
        Finished run = await Executable.RunAsync(
            service.Scratch, "run", "--workload", "vgg8/shapes32-tiny", "--tasks", "0,1", "--budget", "1jobs", "--baseline-epochs", "1", "--no-verify", "--json", "--out", "run");
        Assert.True(run.ExitCode == 0, run.Error);
        using var local = JsonDocument.Parse(run.Output);
        using var remote = JsonDocument.Parse(await service.RunAsync("search", "report", service.Completed));

        Assert.Equal(Names(local.RootElement), Names(remote.RootElement));
        Assert.Equal(Names(local.RootElement.GetProperty("trials")[0]), Names(remote.RootElement.GetProperty("trials")[0]));
        Assert.Equal(service.Completed, Text(remote.RootElement, "searchId"));
    }

    [Fact]
    public async Task Export_WritesReportTableAndWeights()
    {
        JsonElement exported = await service.JsonAsync("search", "export", service.Completed, "--out", "exported");

        Assert.Equal(["baseline.safetensors", "chosen.safetensors", "report.html", "report.json", "trials.csv"], Files("exported"));
        Assert.Equal(5, exported.GetProperty("files").GetArrayLength());
        string folder = service.Scratch.PathOf("exported");
        Assert.Equal(await service.RunAsync("search", "report", service.Completed), File.ReadAllText(Path.Combine(folder, "report.json")));
        Assert.StartsWith("trial,bits,", File.ReadAllText(Path.Combine(folder, "trials.csv")));
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(Path.Combine(folder, "report.html")), StringComparison.OrdinalIgnoreCase);

        // What the Python worker calls a checkpoint.
        Assert.Equal("""{"bits": [], "epochs": 5}""", File.ReadAllText(Path.Combine(folder, "baseline.safetensors")));
        Assert.Contains("\"epochs\": 2", File.ReadAllText(Path.Combine(folder, "chosen.safetensors")));
    }

    [Fact]
    public async Task Replay_DecidesTheSame()
    {
        JsonElement replayed = await service.JsonAsync("search", "replay", service.Completed);

        // Five jobs, and the decision that found the budget spent.
        Assert.Equal((6, 0), (Number(replayed, "decisions"), Number(replayed, "differences")));
        Assert.Matches("^[0-9]+ events replayed: 6 decisions, 0 different from the stored ones\n$", await service.RunAsync("search", "replay", service.Completed));
    }

    [Fact]
    public async Task Workers_SaysWhoWorks()
    {
        JsonElement worker = Assert.Single((await service.JsonAsync("workers")).GetProperty("items").EnumerateArray());

        Assert.Equal(("lab/python", "python", "online"), (Text(worker, "workerId"), Text(worker, "deviceKind"), Text(worker, "state")));
        Assert.Matches("^WORKER +STATE +DEVICE +LAST SEEN +DONE +FAILED +IMAGES/S +WORKS ON\nlab/python +online +python ", await service.RunAsync("workers"));
    }

    private string[] Files(string folder) => [.. Directory.GetFiles(service.Scratch.PathOf(folder)).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private static string[] Ids(JsonElement list) => [.. list.GetProperty("items").EnumerateArray().Select(item => Text(item, "id"))];

    private static IEnumerable<string> Names(JsonElement json) => json.EnumerateObject().Select(property => property.Name);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
