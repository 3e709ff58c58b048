using Lectern.Architecture.Reading;

namespace Lectern.Architecture;

/// <summary>
/// Every overlay of <c>deploy/kubernetes</c> builds, and what it builds is fit to run: these are the mistakes that otherwise show
/// themselves in a cluster, at night.
/// </summary>
public sealed class KubernetesTests
{
    private static readonly string[] Workloads = ["Deployment", "Job"];

    public static TheoryData<string> Overlays => new(
        House.Files.Where(file => file.IsIn("deploy/kubernetes") && file.Name == "kustomization" && !file.Path.Contains("/components/"))
            .Select(file => Path.GetDirectoryName(file.Path)!));

    [Theory, MemberData(nameof(Overlays))]
    public async Task Containers_are_unprivileged_bounded_probed_and_of_a_known_version(string overlay)
    {
        var findings = new Findings("A container runs unprivileged, within limits, from a numbered image, and can be asked how it is.");
        foreach (var workload in (await Manifests.Build(overlay)).Where(manifest => Workloads.Contains(manifest.Kind)))
        {
            var pod = workload["spec"]["template"]["spec"];
            foreach (var container in pod["containers"].Items)
            {
                var image = container["image"].Text ?? string.Empty;
                Need(image.Contains(':') && !image.EndsWith(":latest", StringComparison.Ordinal), $"image {image}");
                Need(pod["securityContext"]["runAsNonRoot"].Text == "true", "runAsNonRoot");
                Need(container["securityContext"]["allowPrivilegeEscalation"].Text == "false", "allowPrivilegeEscalation");
                Need(container["securityContext"]["readOnlyRootFilesystem"].Text == "true", "readOnlyRootFilesystem");
                Need(container["resources"]["requests"]["cpu"].Text is not null, "a request for processor time");
                Need(container["resources"]["limits"]["memory"].Text is not null, "a limit of memory");
                foreach (var probe in workload.Kind == "Job" ? [] : new[] { "startupProbe", "livenessProbe", "readinessProbe" })
                    Need(container[probe]["httpGet"]["path"].Text?.StartsWith("/health/", StringComparison.Ordinal) == true, probe);
            }

            void Need(bool holds, string what)
            {
                if (!holds) findings.Add($"{overlay}: {workload.Kind} {workload.Name}: {what}");
            }
        }

        findings.AssertNone();
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task What_names_another_object_names_one_that_is_there(string overlay)
    {
        var findings = new Findings("A scaler, a budget, a service, a policy and a route name something that this overlay builds.");
        var manifests = await Manifests.Build(overlay);
        var deployments = manifests.Where(manifest => manifest.Kind == "Deployment").ToList();
        var services = manifests.Where(manifest => manifest.Kind == "Service").Select(manifest => manifest.Name).ToList();
        foreach (var manifest in manifests)
        {
            var named = manifest.Kind switch
            {
                "HorizontalPodAutoscaler" => deployments.Any(one => one.Name == manifest["spec"]["scaleTargetRef"]["name"].Text),
                "PodDisruptionBudget" => deployments.Any(one => one.HasPods(manifest["spec"]["selector"]["matchLabels"])),
                "Service" => deployments.Any(one => one.HasPods(manifest["spec"]["selector"])),
                "NetworkPolicy" => !manifest["spec"]["podSelector"].Keys.Any()
                    || deployments.All(one => one.HasPods(manifest["spec"]["podSelector"]["matchLabels"])),
                "Ingress" => manifest.All("service").All(service => services.Contains(service["name"].Text!)),
                _ => true,
            };
            if (!named) findings.Add($"{overlay}: {manifest.Kind} {manifest.Name}");
        }

        foreach (var deployment in deployments)
        {
            if (!manifests.Any(one => one.Kind == "PodDisruptionBudget" && deployment.HasPods(one["spec"]["selector"]["matchLabels"])))
                findings.Add($"{overlay}: {deployment.Name} has no budget for disruptions");
        }

        findings.AssertNone();
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Pods_are_started_as_the_program_can_be(string overlay)
    {
        var findings = new Findings("Arguments are targets of `lectern serve`, settings are those of docs/reference/configuration.md.");
        var targets = House.Get("src/Lectern/Commands/Serve.cs").Text;
        var settings = House.Get("docs/reference/configuration.md").Text;
        var manifests = await Manifests.Build(overlay);
        foreach (var workload in manifests.Where(manifest => manifest.Kind == "Deployment"))
        {
            var words = workload.All("args").SelectMany(args => args.Items).Select(word => word.Text).ToList();
            var target = words[words.IndexOf("--target") + 1];
            if (!targets.Contains($"\"{target}\" =>", StringComparison.Ordinal)) findings.Add($"{overlay}: there is no target {target}");
            if (!words.Contains("--no-migrate")) findings.Add($"{overlay}: {workload.Name} would migrate at every start");
        }

        foreach (var name in manifests.Where(manifest => manifest.Kind == "ConfigMap").SelectMany(map => map["data"].Keys))
        {
            var setting = System.Text.RegularExpressions.Regex.Replace(name, @"__\d+$", string.Empty).Replace("__", ":");
            if (!settings.Contains($"`{setting}`", StringComparison.OrdinalIgnoreCase)) findings.Add($"{overlay}: unknown setting {name}");
        }

        findings.AssertNone();
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task Nothing_reaches_a_pod_or_is_reached_by_it_unless_a_policy_says_so(string overlay)
    {
        var findings = new Findings("One policy closes everything; each other opens named ports, and lets nobody in without naming them.");
        var policies = (await Manifests.Build(overlay)).Where(manifest => manifest.Kind == "NetworkPolicy").ToList();
        var closed = policies.Where(policy => !policy["spec"]["podSelector"].Keys.Any()).ToList();
        if (closed.Count != 1 || closed[0]["spec"]["ingress"].Items.Any() || closed[0]["spec"]["egress"].Items.Any()
            || !closed[0]["spec"]["policyTypes"].Items.Select(type => type.Text).Order().SequenceEqual(["Egress", "Ingress"]))
            findings.Add($"{overlay}: nothing closes what is not opened");
        foreach (var policy in policies.Except(closed))
        {
            foreach (var rule in policy["spec"]["ingress"].Items.Concat(policy["spec"]["egress"].Items))
                if (!rule["ports"].Items.Any()) findings.Add($"{overlay}: {policy.Name} opens every port");
            foreach (var rule in policy["spec"]["ingress"].Items)
                if (!rule["from"].Items.Any()) findings.Add($"{overlay}: {policy.Name} lets everybody in");
        }

        findings.AssertNone();
    }

    [Fact]
    public async Task The_standby_region_neither_works_nor_migrates()
    {
        var standby = await Manifests.Build("deploy/kubernetes/overlays/two-regions/standby");
        Assert.Equal("0", standby.Single(one => one is { Kind: "Deployment", Name: "lectern-worker" })["spec"]["replicas"].Text);
        Assert.DoesNotContain(standby, one => one is { Kind: "HorizontalPodAutoscaler", Name: "lectern-worker" } or { Kind: "Job" });
    }
}
