using System.Runtime.InteropServices;
using Esb.Container.Tests.Platforms;

namespace Esb.Container.Tests.Failing;

/// <summary>
/// The errors for code that cannot be built: they say what is wrong, where, and how to fix it, and nothing has been
/// changed.
/// </summary>
[ClassDataSource<ContainerPlatform>(Shared = SharedType.PerTestSession)]
internal sealed class BadInputTests(ContainerPlatform platform)
{
    [Test]
    public async Task A_dockerfile_that_fails_is_shown_with_the_output_of_its_step()
    {
        var template = platform.Write(
            "broken-image",
            Own("broken-image"),
            ("image/Dockerfile", "FROM esb-e2e/debian:1\nRUN echo before && echo the-reason-why >&2 && exit 7\n"));
        await RefusedAsync(
            template, "template.yaml:", "its image could not be built", "exit code: 7", "the-reason-why");
    }

    [Test]
    public async Task A_full_disk_of_the_engine_is_an_error_that_says_how_to_fix_it()
    {
        var template = platform.Write(
            "full",
            Own("full"),
            ("image/Dockerfile", "FROM esb-e2e/debian:1\nRUN dd if=/dev/zero of=/dev/full bs=1k count=1\n"));
        await RefusedAsync(template, "disk is full", "docker system prune");
    }

    [Test]
    public async Task A_requirement_that_cannot_be_installed_is_an_error_with_pip_s_message()
    {
        var template = platform.Write(
            "nowheel",
            Templates.Function("nowheel", "/nowheel"),
            ("src/app.py", Templates.Answer("x")),
            ("src/requirements.txt", "--no-index\nno-such-package==9\n"));
        await RefusedAsync(
            template, "its image could not be built", "No matching distribution found for no-such-package==9");
    }

    [Test]
    public async Task An_architecture_that_the_machine_does_not_have_is_an_error_before_anything_is_built()
    {
        var other = RuntimeInformation.OSArchitecture == Architecture.X64 ? "arm64" : "x86_64";
        var template = platform.Write(
            "foreign",
            Templates.Function("foreign", "/foreign", more: $"      Architectures: [{other}]\n"),
            ("src/app.py", Templates.Answer("x")));
        await RefusedWithAsync(2, template, [], $"it is for {other}, but this machine is", "'Architectures'");
    }

    [Test]
    public async Task An_image_that_cannot_be_fetched_is_an_error_that_names_it()
    {
        var template = platform.Write("nowhere", Own("nowhere").Replace(
            "PackageType: Image",
            "PackageType: Image\n      ImageUri: 127.0.0.1:9/nobody/nothing:1",
            StringComparison.Ordinal)
            .Replace("    Metadata: { DockerContext: image, Dockerfile: Dockerfile }\n", "", StringComparison.Ordinal));
        await RefusedAsync(template, "the image '127.0.0.1:9/nobody/nothing:1' cannot be pulled");
    }

    [Test]
    public async Task An_engine_that_does_not_run_is_an_error_of_one_line_that_says_how_to_fix_it()
    {
        var template = platform.Write(
            "noengine", Templates.Function("noengine", "/noengine"), ("src/app.py", Templates.Answer("x")));
        await RefusedWithAsync(
            template,
            new() { ["DOCKER_HOST"] = "unix:///run/esb-no-such-engine.sock" },
            "the Docker Engine does not answer: ",
            "systemctl start docker");
    }

    [Test]
    public async Task An_engine_that_denies_access_is_an_error_of_one_line_that_says_how_to_fix_it()
    {
        var template = platform.Write(
            "noright", Templates.Function("noright", "/noright"), ("src/app.py", Templates.Answer("x")));
        var folder = Path.GetDirectoryName(template)!;
        var esb = Path.Combine(Directory.CreateTempSubdirectory("esb-noright-").FullName, "esb");
        // Another user has its own state folder.
        var state = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(esb)!, "state")).FullName;
        File.SetUnixFileMode(state, (UnixFileMode)0b111_111_111);
        var environment = new Dictionary<string, string?>(platform.Settings)
        {
            ["CONFIG_DIR"] = "/tmp",
            ["HOME"] = "/nonexistent",
            ["DOCKER_HOST"] = "unix:///var/run/docker.sock",
            ["ESB_STATE_DIR"] = state,
        };
        File.Copy(Binaries.Esb, esb);
        File.SetUnixFileMode(Path.GetDirectoryName(esb)!, (UnixFileMode)0b111_101_101);
        var text = await File.ReadAllTextAsync(template);
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(esb)!, "template.yaml"), text);
        var result = await Command.RunAsync(
            "setpriv",
            [
                "--reuid=65534", "--regid=65534", "--clear-groups", esb, "deploy", "-t",
                Path.Combine(Path.GetDirectoryName(esb)!, "template.yaml"), "--mode", Mode.Name, "-o", "/tmp/none",
            ],
            Path.GetDirectoryName(esb)!,
            environment);
        Directory.Delete(Path.GetDirectoryName(esb)!, recursive: true);
        await Assert.That(result.ExitCode).IsEqualTo(1).Because($"{folder}: {result}");
        await Assert.That(result.Error).Contains("the Docker Engine refuses this user: ")
            .And.Contains("; nothing was changed")
            .And.Contains("usermod -aG docker");
    }

    [Test]
    public async Task A_registry_that_is_down_is_an_error_before_anything_is_built_and_only_where_it_is_needed()
    {
        var template = platform.Write(
            "noregistry", Templates.Function("noregistry", "/noregistry"), ("src/app.py", Templates.Answer("x")));
        Dictionary<string, string?> environment = new() { ["CONTAINER_REGISTRY"] = "127.0.0.1:9" };
        if (Mode.IsContainerd)
        {
            await RefusedWithAsync(
                template, environment, "the registry 127.0.0.1:9", "nothing was changed", "CONTAINER_REGISTRY");
            return;
        }

        // Docker mode needs no registry: it runs the images that the engine has built.
        var result = await platform.EsbAsync(
            environment, "deploy", "-t", template, "--env", Mode.Run, "--mode", Mode.Name);
        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        await Assert.That(await platform.Client.GetStringAsync("/noregistry")).IsEqualTo("x");
    }

    private Task RefusedAsync(string template, params string[] messages) => RefusedWithAsync(template, [], messages);

    private Task RefusedWithAsync(string template, Dictionary<string, string?> environment, params string[] messages) =>
        RefusedWithAsync(1, template, environment, messages);

    private async Task RefusedWithAsync(
        int exitCode,
        string template,
        Dictionary<string, string?> environment,
        params string[] messages)
    {
        var name = Path.GetFileName(Path.GetDirectoryName(template)!);
        var result = await platform.EsbAsync(
            environment, "deploy", "-t", template, "--env", Mode.Run, "--mode", Mode.Name);
        await Assert.That(result.ExitCode).IsEqualTo(exitCode).Because(result.ToString());
        foreach (var message in messages)
            await Assert.That(result.Error).Contains(message);
        await Assert.That(result.Error).Contains("nothing was changed").And.DoesNotContain("   at ");
        var functions = Path.Combine(platform.ConfigurationFolder, "functions.yml");
        await Assert.That(File.Exists(functions) ? await File.ReadAllTextAsync(functions) : "")
            .DoesNotContain($"  {name}:");
    }

    private static string Own(string name) => $$"""
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Function:
            Type: AWS::Serverless::Function
            Metadata: { DockerContext: image, Dockerfile: Dockerfile }
            Properties:
              FunctionName: {{name}}
              PackageType: Image

        """;
}
