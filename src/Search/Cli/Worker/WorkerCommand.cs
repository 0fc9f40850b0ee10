using System.CommandLine;
using Bitcurve.Models.Networks;
using Bitcurve.Search.Telemetry;

namespace Bitcurve.Search.Cli;

/// <summary><c>bitcurve worker</c>: trains what a server orders, on every device of this machine.</summary>
internal static class WorkerCommand
{
    private static readonly Option<string?> Server = new("--server") { Description = "Address of the server, e.g. http://10.0.0.1:5080 [default: the environment variable BITCURVE_SERVER]." };
    private static readonly Option<string?> TokenFile = new("--token-file") { Description = "File whose first line is a token of role worker [default: BITCURVE_TOKEN_FILE, else none]." };
    private static readonly Option<string> Devices = new("--devices") { Description = "all (every CUDA device, or the CPU where there is none), or a list: cpu, cuda:0,cuda:1. Each gets a process.", DefaultValueFactory = _ => "all" };
    private static readonly Option<string> Data = new("--data") { Description = "Folder for artifacts; one worker at a time.", DefaultValueFactory = _ => "bitcurve-worker" };
    private static readonly Option<string?> Workload = new("--workload") { Description = "What to offer, NETWORK/DATA,NETWORK/DATA [default: every network of images on all generated images; 3D and implicit systems only when named]." };
    private static readonly Option<string?> Name = new("--name") { Description = "How the server calls this worker, with the device appended [default: the machine's name]." };
    private static readonly Option<int?> Threads = new("--threads") { Description = "CPU threads of each process [default: this machine's, shared out]." };
    private static readonly Option<int?> BaselineEpochs = new("--baseline-epochs") { Description = "Length of the FP32 training [default: the workload's recipe]." };
    private static readonly Option<ComputePrecision> Precision = new("--precision") { Description = "What convolutions multiply in: fp32, or bf16 for speed on devices that have it.", DefaultValueFactory = _ => ComputePrecision.Fp32 };
    private static readonly Option<string?> Slot = new("--slot") { Description = "The one device of this process; given by the parent.", Hidden = true };

    internal static Command Create()
    {
        var command = new Command("worker", "Works for a server: leases jobs, trains, and reports, until told to leave (SIGTERM, Ctrl-C).")
        {
            Server, TokenFile, Devices, Data, Workload, Name, Threads, BaselineEpochs, Precision, Slot,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var settings = Read(parsed);
            settings.Check();
            _ = OtlpSettings.Read(OtlpSettings.Environment);
            return parsed.GetValue(Slot) is { } device
                ? WorkerSlot.RunAsync(settings, device, cancellation)
                : WorkerParent.RunAsync(settings, cancellation);
        });
        return command;
    }

    private static WorkerSettings Read(ParseResult parsed) => new()
    {
        Server = parsed.GetValue(Server) ?? Environment.GetEnvironmentVariable("BITCURVE_SERVER"),
        TokenFile = parsed.GetValue(TokenFile) ?? Environment.GetEnvironmentVariable("BITCURVE_TOKEN_FILE"),
        Devices = parsed.GetValue(Devices)!,
        Data = Path.GetFullPath(parsed.GetValue(Data)!),
        Workloads = parsed.GetValue(Workload),
        Name = parsed.GetValue(Name) ?? Environment.MachineName,
        Threads = parsed.GetValue(Threads),
        BaselineEpochs = parsed.GetValue(BaselineEpochs),
        Precision = parsed.GetValue(Precision),
    };
}
