using System.Diagnostics;
using Esb.Cli.Containers;
using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;
using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Tests.Images;

/// <summary>The complete generated Dockerfiles, as somebody who debugs a build reads them.</summary>
internal sealed class DockerfileTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-dockerfile-").FullName;

    [Test]
    public async Task Code_without_dependencies_is_copied_over_the_layers_and_the_handler_is_the_command()
    {
        Write("app.py", "");
        await Assert.That(Text("python3.12", "app.handler", layers: 2)).IsEqualTo("""
            FROM esb-lambda-base:python3.12
            COPY layer0/ /opt/
            COPY layer1/ /opt/
            COPY code/ /var/task/
            CMD ["app.handler"]

            """);
    }

    [Test]
    public async Task Requirements_are_installed_from_the_file_only_so_that_an_edit_of_code_installs_nothing()
    {
        Write("app.py", "");
        Write("requirements.txt", "# tools\nrequests==2.32\n");
        await Assert.That(Text("python3.12", "app.handler")).IsEqualTo("""
            FROM esb-lambda-base:python3.12 AS dependencies
            ARG PIP_INDEX_URL
            ARG PIP_EXTRA_INDEX_URL
            ARG PIP_TRUSTED_HOST
            ARG NPM_CONFIG_REGISTRY
            WORKDIR /var/task
            COPY dependencies/ /var/task/
            RUN python3 -m pip install --no-cache-dir --no-compile --disable-pip-version-check --no-input --progress-bar off -r requirements.txt -t .esb-installed
            FROM esb-lambda-base:python3.12
            COPY --from=dependencies /var/task/.esb-installed/ /var/task/
            COPY code/ /var/task/
            CMD ["app.handler"]

            """);
    }

    [Test]
    [Arguments("-r more.txt\n")]
    [Arguments("--find-links wheels\nx==1\n")]
    [Arguments("./local\n")]
    public async Task Requirements_that_name_other_files_see_all_of_the_code(string requirements)
    {
        Write("requirements.txt", requirements);
        await Assert.That(Text("python3.12", "app.handler")).Contains("COPY code/ /var/task/\nRUN python3 -m pip");
    }

    [Test]
    public async Task Editable_requirements_are_installed_like_others_since_the_image_has_no_build_folder()
    {
        Write("requirements.txt", "-r more.txt\n-e ./one\nx==1\n");
        Write("more.txt", "  --editable=./two\n");
        Write("other.txt", "-e ./three\n");
        var command = Dependencies.Of(Tree(), new LambdaRuntime("python3.12"), Origin())!.Command;
        var rewriting = command.Split(" && ")[0];
        await Assert.That(command).EndsWith(" && python3 -m pip" + command.Split(" && python3 -m pip")[1]);
        using (var shell = Process.Start(new ProcessStartInfo("sh", ["-c", rewriting]) { WorkingDirectory = _root })!)
            await shell.WaitForExitAsync();
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(_root, "requirements.txt")))
            .IsEqualTo("-r more.txt\n./one\nx==1\n");
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(_root, "more.txt"))).IsEqualTo("./two\n");
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(_root, "other.txt"))).IsEqualTo("-e ./three\n");
    }

    [Test]
    [Arguments("python3.12", "requirements.txt", "-e ../shared\n")]
    [Arguments("nodejs20.x", "package.json", "{\"dependencies\":{\"shared\":\"file:../shared\"}}")]
    public async Task A_file_outside_of_the_code_folder_is_reported_before_an_image_is_built(
        string runtime,
        string manifest,
        string text)
    {
        var code = Directory.CreateDirectory(Path.Combine(_root, "code")).FullName;
        Directory.CreateDirectory(Path.Combine(_root, "shared"));
        Write($"code/{manifest}", text);
        var origin = Origin() with { Project = ProjectFiles.At(_root) };
        await Assert.That(CodeFolderCheck.Passes(new LambdaRuntime(runtime), new FolderSource(code), origin)).IsFalse();
        await Assert.That(string.Join('\n', origin.Diagnostics)).Contains($"F: {manifest} needs '../shared', "
            + "which is outside the code folder; images are built from that folder alone");
        Directory.CreateDirectory(Path.Combine(code, "shared"));
        Write($"code/{manifest}", text.Replace("../", "./", StringComparison.Ordinal));
        await Assert.That(CodeFolderCheck.Passes(new LambdaRuntime(runtime), new FolderSource(code), origin)).IsTrue();
    }

    [Test]
    public async Task Locked_packages_of_node_are_installed_as_they_are_locked()
    {
        Write("package.json", """{ "dependencies": { "x": "1" } }""");
        Write("package-lock.json", "{}");
        var text = Text("nodejs20.x", "index.handler");
        await Assert.That(text).Contains("RUN npm ci --omit=dev").And.Contains(
            "COPY --from=dependencies /var/task/node_modules/ /var/task/node_modules/\nCOPY code/ /var/task/");
        await Assert.That(Dependencies.Of(Tree(), new LambdaRuntime("nodejs20.x"), Origin())!.Files)
            .IsEquivalentTo((string[])["package.json", "package-lock.json"]);
    }

    [Test]
    public async Task A_project_of_dotnet_is_published_in_the_sdk_and_only_the_result_is_shipped()
    {
        Write("Function.csproj", "<Project/>");
        await Assert.That(Text("dotnet8", "Assembly::Type::Method")).IsEqualTo("""
            FROM mcr.microsoft.com/dotnet/sdk:8.0 AS dependencies
            ARG PIP_INDEX_URL
            ARG PIP_EXTRA_INDEX_URL
            ARG PIP_TRUSTED_HOST
            ARG NPM_CONFIG_REGISTRY
            WORKDIR /var/task
            COPY code/ /var/task/
            RUN dotnet publish -c Release -o .esb-installed --nologo
            FROM esb-lambda-base:dotnet8
            COPY --from=dependencies /var/task/.esb-installed/ /var/task/
            CMD ["Assembly::Type::Method"]

            """);
    }

    [Test]
    public async Task A_handler_is_one_argument_whatever_characters_it_has()
    {
        await Assert.That(Text("python3.12", "a\"]\nRUN evil\nCMD [\"b"))
            .EndsWith("CMD [\"a\\u0022]\\nRUN evil\\nCMD [\\u0022b\"]\n");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Text(string runtime, string handler, int layers = 0)
    {
        var known = new LambdaRuntime(runtime);
        return FunctionDockerfile.Text(
            LambdaBaseImages.Local(runtime), known, handler, layers, Dependencies.Of(Tree(), known, Origin()));
    }

    private CodeTree Tree() => CodeTreeReader.Read(_root, Origin(), CancellationToken.None)!;

    private static Origin Origin() => new("F", default, []);

    private void Write(string path, string text) => File.WriteAllText(Path.Combine(_root, path), text);
}
