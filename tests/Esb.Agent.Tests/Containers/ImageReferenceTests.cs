using Esb.Agent.Images;
using Esb.Agent.Settings;
using Esb.Host.Settings;

namespace Esb.Agent.Tests.Containers;

public sealed class ImageReferenceTests
{
    [Test]
    [Arguments("127.0.0.1:5010/esb-orders:prod-3f9c21d0", "127.0.0.1:5010", "esb-orders", "prod-3f9c21d0", true)]
    [Arguments("localhost/a/b", "localhost", "a/b", "latest", true)]
    [Arguments("public.ecr.aws/lambda/python:3.12", "public.ecr.aws", "lambda/python", "3.12", true)]
    [Arguments("docker.io/library/python", "docker.io", "library/python", "latest", true)]
    [Arguments("python", "docker.io", "library/python", "latest", false)]
    [Arguments("esb-orders:prod-3f9c21d0", "docker.io", "library/esb-orders", "prod-3f9c21d0", false)]
    [Arguments("bitnami/redis:7", "docker.io", "bitnami/redis", "7", false)]
    [Arguments("registry:5000/x", "registry:5000", "x", "latest", true)]
    [Arguments("r.example/x:1@sha256:abc", "r.example", "x", "sha256:abc", true)]
    public async Task A_reference_is_parsed_with_Docker_s_defaults(
        string text,
        string registry,
        string repository,
        string version,
        bool named)
    {
        await Assert.That(ImageReference.Parse(text))
            .IsEqualTo(new ImageReference(registry, repository, version) { NamesRegistry = named });
    }

    [Test]
    [Arguments("127.0.0.1:5010", "http://127.0.0.1:5010/")]
    [Arguments("localhost:5000", "http://localhost:5000/")]
    [Arguments("docker.io", "https://registry-1.docker.io/")]
    [Arguments("public.ecr.aws", "https://public.ecr.aws/")]
    [Arguments("here:1", "http://registry:5000/")]
    public async Task TLS_is_used_for_a_registry_unless_it_is_on_this_machine_or_the_setting_of_a_mirror_says_otherwise(
        string registry,
        string address)
    {
        var addresses = RegistryAddresses.Parse(
            "REGISTRY_MIRRORS", "here:1=http://registry:5000/, there=https://mirror");

        await Assert.That(addresses.Of(registry).ToString()).IsEqualTo(address);
    }

    [Test]
    [Arguments("here")]
    [Arguments("here=registry:5000")]
    [Arguments("=http://registry")]
    public async Task A_mirror_that_cannot_be_read_is_refused_with_the_name_of_its_setting(string text)
    {
        await Assert.That(() => RegistryAddresses.Parse("REGISTRY_MIRRORS", text)).Throws<SettingException>()
            .WithMessage($"REGISTRY_MIRRORS is '{text}'; allowed: REGISTRY=URL, with commas between, "
                + "such as 127.0.0.1:5010=http://registry:5010");
    }
}
