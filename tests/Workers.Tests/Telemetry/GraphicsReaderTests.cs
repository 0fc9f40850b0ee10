using System.Runtime.Versioning;
using Bitcurve.Workers.Agent.Telemetry;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Tests.Telemetry;

[UnsupportedOSPlatform("windows")]
public sealed class GraphicsReaderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("bitcurve-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("1024, 81559, 87", 1073741824L, 85520809984L, 0.87)]
    [InlineData("0, 143771, 0", 0L, 150754820096L, 0.0)]
    [InlineData("[N/A], 40960, [N/A]", null, 42949672960L, null)]
    public void Parse_LineOfTheTool_IsBytesAndAFraction(string line, long? used, long? size, double? utilization) =>
        Assert.Equal(new DeviceReading(used, size, utilization), GraphicsReader.Parse(line));

    [Theory]
    [InlineData("")]
    [InlineData("No devices were found")]
    [InlineData("1024, 81559")]
    [InlineData("[N/A], [N/A], [N/A]")]
    public void Parse_AnythingElse_IsNull(string line) => Assert.Null(GraphicsReader.Parse(line));

    [Theory]
    [InlineData("cuda:1", null, "1")]
    [InlineData("cuda", null, "0")]
    [InlineData("cuda:1", "4,6", "6")]
    [InlineData("cuda:0", "GPU-8f2c", "GPU-8f2c")]
    [InlineData("cuda:2", "4,6", "2")]
    public void IdentityOf_VisibleDevices_IsTheDriversName(string device, string? visible, string expected) =>
        Assert.Equal(expected, GraphicsReader.IdentityOf(device, visible));

    [Fact]
    public void Read_ToolThatAnswers_AsksAboutTheDevice()
    {
        var tool = Tool("echo \"$@\" > \"$(dirname \"$0\")/asked\"; echo '512, 1024, 50'");

        Assert.Equal(new DeviceReading(512 << 20, 1 << 30, 0.5), new GraphicsReader("cuda:1", null, tool).Read());
        Assert.Equal(
            "--query-gpu=memory.used,memory.total,utilization.gpu --format=csv,noheader,nounits -i 1\n",
            File.ReadAllText(Path.Combine(folder, "asked")));
    }

    [Fact]
    public void Read_ToolThatFails_IsNull() =>
        Assert.Null(new GraphicsReader("cuda:0", null, Tool("echo '1, 2, 3'; exit 9")).Read());

    [Fact]
    public void Read_NoTool_IsNullAndStaysSo()
    {
        var path = Path.Combine(folder, "tool");
        var reader = new GraphicsReader("cuda:0", null, path);

        Assert.Null(reader.Read());
        Tool("echo '1, 2, 3'");
        Assert.Null(reader.Read());
    }

    private string Tool(string script)
    {
        var path = Path.Combine(folder, "tool");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
