using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Bitcurve.Tidy.Tests;

/// <summary>deploy/compose.yaml: what it refers to is there, and what it starts is confined.</summary>
public class DeployComposeTests
{
    private const string Folder = "deploy";

    private static readonly YamlNode Compose = DeployYaml.Documents("deploy/compose.yaml").Single();

    private static IReadOnlyList<KeyValuePair<string, YamlNode>> Services { get; } = [.. Compose.Entries("services")];

    [Fact]
    public void Services_AreThoseOfAWholeInstallation() => Assert.Equal(
        ["collector", "grafana", "postgres", "prometheus", "server", "worker-1", "worker-2", "worker-gpu"],
        Services.Select(service => service.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Images_AreTagged_OursWithTheVersion()
    {
        var version = Regex.Match(Repository.Read("Directory.Build.props"), "<Version>(.+)</Version>").Groups[1].Value;
        Assert.All(Services, service =>
        {
            var image = service.Value.Text("image");
            Assert.Matches(DeployImageTests.TaggedImage, image);
            Assert.True(!image.StartsWith("bitcurve-", StringComparison.Ordinal) || image.EndsWith($":{version}", StringComparison.Ordinal), $"{service.Key}: expected version {version}, actual {image}");
        });
    }

    [Fact]
    public void Builds_NameADockerfileOfTheSameName()
    {
        foreach (var (name, service) in Services.Where(service => service.Value.Find("build") is not null))
        {
            var dockerfile = service.Text("build/dockerfile");
            Assert.True(File.Exists(Path.Combine(Repository.Root, Folder, service.Text("build/context"), dockerfile)), $"{name}: {dockerfile} is not there");
            Assert.Equal($"bitcurve-{Path.GetFileNameWithoutExtension(dockerfile)}", service.Text("image").Split(':')[0]);
        }
    }

    [Fact]
    public void Containers_AreNotRoot_AndHaveNoCapabilities() => Assert.All(Services, service =>
    {
        // Our own images have a user of their own (DeployImageTests).
        Assert.True(service.Value.Find("build") is not null || Regex.IsMatch(service.Value.Text("user"), @"^[1-9]\d*:\d+$"), $"{service.Key} has no user");
        Assert.Equal(["ALL"], service.Value.Texts("cap_drop"));
        Assert.Equal(["no-new-privileges:true"], service.Value.Texts("security_opt"));
    });

    [Fact]
    public void Volumes_AreFilesOfTheRepositoryOrDeclared()
    {
        var declared = Compose.Entries("volumes").Select(volume => volume.Key).ToHashSet();
        Assert.All(Services.SelectMany(service => service.Value.Texts("volumes")).Select(volume => volume.Split(':')[0]), source => Assert.True(
            source.StartsWith('.') ? Path.Exists(Path.Combine(Repository.Root, Folder, source)) : declared.Contains(source), $"{source} is neither a file nor a volume"));
    }

    [Fact]
    public void Workers_ShareNoFolder()
    {
        var folders = Services.Where(service => service.Key.StartsWith("worker", StringComparison.Ordinal)).SelectMany(service => service.Value.Texts("volumes")).ToList();
        Assert.Equal(3, folders.Distinct().Count());
        Assert.Equal(3, folders.Count);
    }

    [Fact]
    public void Secrets_AreFilesOutsideTheRepository()
    {
        var declared = Compose.Entries("secrets").ToDictionary(secret => secret.Key, secret => secret.Value.Text("file"));
        Assert.All(declared.Values, file => Assert.StartsWith("./secrets/", file));
        Assert.Contains("/secrets/", Repository.Read("deploy/.gitignore").Split('\n'));
        Assert.Contains("deploy/secrets", Repository.Read(".dockerignore").Split('\n'));
        Assert.Equal(declared.Keys.Order(), Services.SelectMany(service => service.Value.Texts("secrets")).Distinct().Order());

        // The guide makes each of them.
        Assert.All(declared.Values, file => Assert.Contains($"> {file[2..]}\n", Repository.Read("deploy/README.md")));
    }

    [Fact]
    public void SecretFiles_ThatServicesName_AreGivenToThem() => Assert.All(Services, service => Assert.All(
        service.Value.Scalars().SelectMany(scalar => Regex.Matches(scalar.Value, @"/run/secrets/(\w+)")),
        match => Assert.Contains(match.Groups[1].Value, service.Value.Texts("secrets"))));

    [Fact]
    public void Environment_HoldsNoSecret() => Assert.All(
        Services.SelectMany(service => service.Value.Entries("environment")).Where(entry => Regex.IsMatch(entry.Key, "(?i)password|token|secret|key")),
        entry => Assert.Matches("^/run/secrets/", ((YamlScalarNode)entry.Value).Value!));

    [Fact]
    public void Dependencies_AreServicesThatCanTellTheirHealth() => Assert.All(Services, service =>
    {
        foreach (var (name, dependency) in service.Value.Entries("depends_on"))
        {
            var other = Services.Single(candidate => candidate.Key == name).Value;
            var tellsHealth = other.Find("healthcheck/test") is not null || other.Find("build") is not null;
            Assert.True(dependency.Text("condition") == "service_started" || tellsHealth, $"{service.Key} waits for {name}, which has no health check");
        }
    });

    [Fact]
    public void OurServices_MayTakeTheirTimeToEnd() => Assert.All(
        Services.Where(service => service.Value.Find("build") is not null),
        service => Assert.True(DeployYaml.Seconds(service.Value.Text("stop_grace_period")) > DeployCommandTests.LongestEnd(), service.Key));

    [Fact]
    public void Ports_ServersIsOpen_OthersAreOfThisMachineAlone()
    {
        var port = DeployCommandTests.ServerPort();
        var published = Services.SelectMany(service => service.Value.Texts("ports").Select(mapping => (service.Key, mapping))).ToList();
        Assert.Contains(("server", $"{port}:{port}"), published);
        Assert.All(published.Where(mapping => mapping.Key != "server"), mapping => Assert.StartsWith("127.0.0.1:", mapping.mapping));
    }

    // Every address in the configuration files is a service at a port that it listens at.
    [Fact]
    public void Configurations_AskServicesThatAreThere()
    {
        string[] listening = ["server:5080", "collector:8888", "collector:8889", "prometheus:9090", "localhost:9090"];
        var collector = DeployYaml.Documents("deploy/compose/collector.yaml").Single();
        Assert.Equal("0.0.0.0:8889", collector.Text("exporters/prometheus/endpoint"));
        var asked = DeployYaml.Paths.Where(path => path.StartsWith("deploy/compose/", StringComparison.Ordinal))
            .SelectMany(path => Regex.Matches(Repository.Read(path), @"\b[a-z]+:\d{4,5}\b")).Select(match => match.Value).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, address => Assert.Contains(address, listening));
    }

    [Fact]
    public void OurServices_SendTelemetryToTheCollector()
    {
        var receiver = DeployYaml.Documents("deploy/compose/collector.yaml").Single().Text("receivers/otlp/protocols/http/endpoint");
        Assert.All(Services.Where(service => service.Value.Find("build") is not null), service =>
        {
            Assert.Equal($"http://collector:{receiver.Split(':')[1]}", service.Value.Text("environment/OTEL_EXPORTER_OTLP_ENDPOINT"));
            Assert.Equal("http/protobuf", service.Value.Text("environment/OTEL_EXPORTER_OTLP_PROTOCOL"));
        });

        // Prometheus asks the server itself: sent as well, its metrics would be there twice.
        Assert.Equal("none", Compose.Text("services/server/environment/OTEL_METRICS_EXPORTER"));
        Assert.Contains("server:5080", Repository.Read("deploy/compose/prometheus.yml"));
    }

    [Fact]
    public void Collector_PipelinesUseDeclaredParts()
    {
        var collector = DeployYaml.Documents("deploy/compose/collector.yaml").Single();
        foreach (var (_, pipeline) in collector.Entries("service/pipelines"))
        {
            foreach (var kind in new[] { "receivers", "processors", "exporters" })
            {
                Assert.NotEmpty(pipeline.Texts(kind));
                Assert.All(pipeline.Texts(kind), part => Assert.NotNull(collector.Find($"{kind}/{part}")));
            }
        }
    }
}
