using YamlDotNet.RepresentationModel;

namespace Bitcurve.Tidy.Tests;

/// <summary>deploy/kubernetes: names that refer to each other agree, pods are confined, secrets come from outside.</summary>
public class DeployKubernetesTests
{
    private const string Folder = "deploy/kubernetes";

    private static readonly YamlNode Kustomization = DeployYaml.Documents($"{Folder}/kustomization.yaml").Single();

    private static readonly IReadOnlyList<YamlNode> Resources = [.. Kustomization.Texts("resources").SelectMany(file => DeployYaml.Documents($"{Folder}/{file}"))];

    private static IEnumerable<YamlNode> Pods => Resources.Select(resource => resource.Find("spec/template/spec")).OfType<YamlNode>();

    private static IEnumerable<YamlNode> Containers => Pods.SelectMany(pod => pod.Items("containers"));

    [Fact]
    public void Kustomization_ListsExactlyTheFiles() => Assert.Equal(
        DeployYaml.Paths.Where(path => path.StartsWith($"{Folder}/", StringComparison.Ordinal)).Select(path => Path.GetFileName(path)).Where(name => name != "kustomization.yaml").Order(),
        Kustomization.Texts("resources").Order());

    [Fact]
    public void Resources_AreThoseOfAWholeInstallation() => Assert.Equal(
        ["DaemonSet worker-gpu", "Deployment server", "Deployment worker-cpu", "Namespace bitcurve", "PersistentVolumeClaim server-data", "Service server"],
        Resources.Select(resource => $"{resource.Text("kind")} {resource.Text("metadata/name")}").Order(StringComparer.Ordinal));

    [Fact]
    public void Images_HaveATagAndADockerfile()
    {
        var tags = Kustomization.Items("images").ToDictionary(image => image.Text("name"), image => image.Text("newTag"));
        Assert.All(Containers, container => Assert.Matches(DeployImageTests.TaggedImage, $"{container.Text("image")}:{tags[container.Text("image")]}"));
        Assert.Equal(
            DeployDockerfile.Paths.Select(path => $"bitcurve-{Path.GetFileNameWithoutExtension(path)}"), tags.Keys.Order());
        Assert.All(tags.Values, tag => Assert.Contains($"<Version>{tag}</Version>", Repository.Read("Directory.Build.props")));
    }

    [Fact]
    public void Pods_AreNotRoot()
    {
        Assert.All(Pods, pod =>
        {
            Assert.Equal("true", pod.Text("securityContext/runAsNonRoot"));
            Assert.Matches(@"^[1-9]\d*$", pod.Text("securityContext/runAsUser"));
            Assert.Equal("false", pod.Text("automountServiceAccountToken"));
        });
        Assert.All(Containers, container =>
        {
            Assert.Equal("false", container.Text("securityContext/allowPrivilegeEscalation"));
            Assert.Equal("true", container.Text("securityContext/readOnlyRootFilesystem"));
            Assert.Equal(["ALL"], container.Texts("securityContext/capabilities/drop"));
        });
    }

    [Fact]
    public void Users_AreThoseOfTheImages() => Assert.All(DeployDockerfile.Paths, path => Assert.All(Pods, pod => Assert.Equal(
        DeployDockerfile.Read(path).Last("USER"), $"{pod.Text("securityContext/runAsUser")}:{pod.Text("securityContext/runAsGroup")}")));

    [Fact]
    public void Secrets_AreGeneratedFromFilesOutsideTheRepository()
    {
        Assert.DoesNotContain(Resources, resource => resource.Text("kind") == "Secret");
        var generated = Kustomization.Items("secretGenerator").ToDictionary(secret => secret.Text("name"), secret => secret.Texts("files"));
        Assert.All(generated.Values.SelectMany(files => files), file => Assert.Matches(@"^\w+=secrets/[\w-]+$", file));
        Assert.Contains("/kubernetes/secrets/", Repository.Read("deploy/.gitignore").Split('\n'));
        Assert.Contains($"{Folder}/secrets", Repository.Read(".dockerignore").Split('\n'));
        Assert.DoesNotContain(Kustomization.Items("secretGenerator"), secret => secret.Find("literals") is not null);
        Assert.Equal(generated.Keys.Order(), Pods.SelectMany(pod => pod.Items("volumes")).Select(volume => volume.Find("secret/secretName")).OfType<YamlScalarNode>().Select(name => name.Value).Distinct().Order());
        Assert.All(generated.Values.SelectMany(files => files), file => Assert.Contains($"{Folder}/{file.Split('=')[1]}", Repository.Read("deploy/README.md")));
    }

    [Fact]
    public void TokenFiles_AreFilesOfMountedSecrets()
    {
        var files = Kustomization.Items("secretGenerator").ToDictionary(secret => secret.Text("name"), secret => secret.Texts("files").Select(file => file.Split('=')[0]).ToList());
        Assert.All(Pods, pod =>
        {
            var container = pod.Items("containers").Single();
            var path = container.Texts("args").SkipWhile(word => word != "--token-file").ElementAt(1);
            var mount = container.Items("volumeMounts").Single(candidate => candidate.Text("mountPath") == Path.GetDirectoryName(path));
            var secret = pod.Items("volumes").Single(volume => volume.Text("name") == mount.Text("name")).Text("secret/secretName");
            Assert.Contains(Path.GetFileName(path), files[secret]);
        });
    }

    [Fact]
    public void Mounts_AreOfDeclaredVolumes() => Assert.All(Pods, pod => Assert.Equal(
        pod.Items("volumes").Select(volume => volume.Text("name")).Order(),
        pod.Items("containers").Single().Items("volumeMounts").Select(mount => mount.Text("name")).Order()));

    [Fact]
    public void Server_ProbesServiceAndPortAgree()
    {
        var container = Containers.Single(candidate => candidate.Text("name") == "server");
        var port = container.Items("ports").Single();
        Assert.Equal(DeployCommandTests.ServerPort(), port.Text("containerPort"));
        Assert.All(new[] { "startupProbe", "readinessProbe", "livenessProbe" }, probe => Assert.Equal(port.Text("name"), container.Text($"{probe}/httpGet/port")));
        Assert.Equal("/health/ready", container.Text("readinessProbe/httpGet/path"));
        Assert.Equal("/health/live", container.Text("livenessProbe/httpGet/path"));

        var service = Resources.Single(resource => resource.Text("kind") == "Service");
        var server = Resources.Single(resource => resource.Text("kind") == "Deployment" && resource.Text("metadata/name") == "server");
        Assert.Equal((DeployCommandTests.ServerPort(), port.Text("name")), (service.Items("spec/ports").Single().Text("port"), service.Items("spec/ports").Single().Text("targetPort")));
        Assert.Equal(service.Entries("spec/selector").ToDictionary(), server.Entries("spec/template/metadata/labels").ToDictionary());
        Assert.Equal(("1", "Recreate"), (server.Text("spec/replicas"), server.Text("spec/strategy/type")));
    }

    [Fact]
    public void Workers_AskTheService_AndAreProbedByTheImagesScript() => Assert.All(Containers.Where(container => container.Text("name") == "worker"), container =>
    {
        Assert.Contains($"http://server:{DeployCommandTests.ServerPort()}", container.Texts("args"));
        Assert.Equal(["worker-alive"], container.Texts("livenessProbe/exec/command"));
        Assert.Contains("/usr/local/bin/worker-alive", Repository.Read($"deploy/docker/{container.Text("image")["bitcurve-".Length..]}.Dockerfile"));
    });

    [Fact]
    public void Selectors_MatchTheirPods() => Assert.All(Resources.Where(resource => resource.Find("spec/template") is not null), resource =>
        Assert.Equal(resource.Entries("spec/selector/matchLabels").ToDictionary(), resource.Entries("spec/template/metadata/labels").ToDictionary()));

    [Fact]
    public void GpuWorker_AsksForAGpu() =>
        Assert.Equal("1", Containers.Single(container => container.Text("image") == "bitcurve-worker-cuda").Text("resources/limits/nvidia.com~1gpu"));

    [Fact]
    public void Pods_MayTakeTheirTimeToEnd() =>
        Assert.All(Pods, pod => Assert.True(int.Parse(pod.Text("terminationGracePeriodSeconds")) > DeployCommandTests.LongestEnd()));
}
