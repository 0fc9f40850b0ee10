using System.Text.RegularExpressions;

namespace Bitcurve.Tidy.Tests;

/// <summary>deploy/systemd: units that find their settings, end in good order and are confined.</summary>
public class DeploySystemdTests
{
    public static TheoryData<string> Units => [.. DeployUnit.All().Select(unit => unit.Path)];

    [Theory]
    [MemberData(nameof(Units))]
    public void Unit_VariablesOfTheCommand_AreInItsEnvironmentFile(string path)
    {
        var unit = Read(path);
        var file = $"deploy/systemd/{Path.GetFileName(unit.Only("EnvironmentFile"))}";
        var names = DeployUnit.Assignments(Repository.Read(file)).Select(assignment => assignment.Key).ToHashSet();
        var used = Regex.Matches(unit.Only("ExecStart"), @"\$\{(\w+)\}").Select(match => match.Groups[1].Value).Where(name => name != "CREDENTIALS_DIRECTORY").ToHashSet();
        Assert.Equal(names.Order(), used.Order());
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void Unit_FolderOfTheCommand_IsItsStateDirectory(string path)
    {
        var unit = Read(path);
        Assert.Equal($"/var/lib/{unit.Only("StateDirectory")}", Regex.Match(unit.Only("ExecStart"), @"--data (\S+)").Groups[1].Value);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void Unit_EndsInGoodOrder(string path)
    {
        var unit = Read(path);
        Assert.Equal("SIGTERM", unit.Only("KillSignal"));
        Assert.Equal("on-failure", unit.Only("Restart"));
        Assert.True(int.Parse(unit.Only("TimeoutStopSec")) > DeployCommandTests.LongestEnd(), path);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void Unit_IsNotRootAndWritesOnlyItsOwnFolder(string path)
    {
        var unit = Read(path);
        Assert.True(unit.Settings["User"].Any(user => user != "root") || unit.Settings["DynamicUser"].Contains("yes"), $"{path} has no user");
        Assert.Equal("strict", unit.Only("ProtectSystem"));
        Assert.Equal("yes", unit.Only("NoNewPrivileges"));
        Assert.Equal("", unit.Only("CapabilityBoundingSet"));

        // .NET writes code into memory and runs it.
        Assert.Empty(unit.Settings["MemoryDenyWriteExecute"]);
    }

    [Fact]
    public void WorkerUnit_SeesTheGpus()
    {
        var unit = Read("deploy/systemd/bitcurve-worker.service");
        Assert.All(new[] { "PrivateDevices", "ProtectClock", "DeviceAllow", "DevicePolicy" }, setting => Assert.Empty(unit.Settings[setting]));
    }

    [Fact]
    public void WorkerUnit_TokenIsACredential()
    {
        var unit = Read("deploy/systemd/bitcurve-worker.service");
        var name = unit.Only("LoadCredential").Split(':')[0];
        Assert.Contains($"--token-file ${{CREDENTIALS_DIRECTORY}}/{name} ", unit.Only("ExecStart"));
    }

    [Fact]
    public void ServerSettings_AreTheServersPort() =>
        Assert.Contains(DeployUnit.Assignments(Repository.Read("deploy/systemd/server.env")), setting => setting.Value.EndsWith($":{DeployCommandTests.ServerPort()}", StringComparison.Ordinal));

    private static DeployUnit Read(string path) => DeployUnit.All().Single(unit => unit.Path == path);
}
