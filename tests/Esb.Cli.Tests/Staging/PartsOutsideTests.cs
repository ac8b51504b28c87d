using Esb.Cli.Staging;
using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;

namespace Esb.Cli.Tests.Staging;

/// <summary>
/// Manifests that name a file that is missing or outside of the project, which is an error with its line, and manifests
/// that only seem to.
/// </summary>
internal sealed class PartsOutsideTests
{
    [Test]
    [Arguments("-e ../none", "requirements.txt:2 names '../none', which does not exist")]
    [Arguments("-r ../none.txt", "requirements.txt:2 names '../none.txt', which does not exist")]
    [Arguments("../../elsewhere", "requirements.txt:2 names '../../elsewhere', which is outside of the project")]
    [Arguments("-r more.txt", "more.txt:3 names '../none', which does not exist")]
    public async Task A_missing_requirement_is_reported_with_its_line(string requirement, string message)
    {
        using var project = new CodeFolder { IsProject = true };
        project.With("app.py", "").With("more.txt", "# one\n\n-e ../none\n")
            .With("requirements.txt", $"--no-index\n{requirement}\n");
        await Assert.That(await project.StageAsync("python3.11")).IsNull();
        await Assert.That(project.Messages).Contains("template.yaml:9:7: error: Orders: " + message);
    }

    [Test]
    [Arguments("-r OUTSIDE/secret.txt")]
    [Arguments("-rOUTSIDE/secret.txt")]
    [Arguments("--req OUTSIDE/secret.txt")]
    [Arguments("--requirement='OUTSIDE/secret.txt'")]
    [Arguments("--pre -r OUTSIDE/secret.txt")]
    [Arguments("-c OUTSIDE/secret.txt")]
    [Arguments("-r file://OUTSIDE/secret.txt")]
    [Arguments("-r FILE:///%2E%2E/OUTSIDE/secret.txt")]
    [Arguments("--find-links OUTSIDE")]
    [Arguments("--no-index -f OUTSIDE")]
    [Arguments("--find-links=file://localhost/OUTSIDE")]
    [Arguments("--extra-index-url file://OUTSIDE")]
    [Arguments("OUTSIDE/package")]
    [Arguments("file://OUTSIDE/package")]
    [Arguments("money@file://OUTSIDE/package")]
    [Arguments("money[all] @  file://OUTSIDE/package ; python_version > '3'")]
    [Arguments("-e OUTSIDE/package")]
    [Arguments("${ESB_TEST_ELSEWHERE}/package")]
    [Arguments("-r ${ESB_TEST_ELSEWHERE}/secret.txt")]
    public async Task A_requirement_outside_of_the_project_is_refused_and_nothing_of_it_is_shown(string requirement)
    {
        var outside = Directory.CreateTempSubdirectory("esb-outside-").FullName;
        Environment.SetEnvironmentVariable("ESB_TEST_ELSEWHERE", outside);
        await File.WriteAllTextAsync(Path.Combine(outside, "secret.txt"), "root:x:0:0\n");
        using var project = new CodeFolder { IsProject = true };
        project.With("app.py", "").With(
            "requirements.txt", $"--no-index\n{requirement.Replace("OUTSIDE", outside, StringComparison.Ordinal)}\n");
        await Assert.That(await project.StageAsync("python3.11")).IsNull();
        await Assert.That(project.Messages)
            .Contains("template.yaml:9:7: error: Orders: requirements.txt:2 names '")
            .And.Contains("outside of the project")
            .And.DoesNotContain("root:x");
        Directory.Delete(outside, recursive: true);
    }

    [Test]
    [Arguments("package.json", """{"dependencies":{"lib":"file:OUTSIDE/lib"}}""", "nodejs20.x", null)]
    [Arguments("package.json", """{"dependencies":{"lib":"file:///OUTSIDE/lib"}}""", "nodejs20.x", null)]
    [Arguments("package.json", """{"dependencies":{"lib":"OUTSIDE/lib"}}""", "nodejs20.x", null)]
    [Arguments(
        "package.json",
        """{"dependencies":{"a":"1"},"overrides":{"a":{"lib":"file:OUTSIDE/lib"}}}""",
        "nodejs20.x",
        null)]
    [Arguments("go.mod", "module orders\nreplace money => OUTSIDE/lib\n", "provided.al2023", null)]
    [Arguments(
        "orders.csproj",
        "<Project><ItemGroup><ProjectReference Include=\"OUTSIDE/lib\" /></ItemGroup></Project>",
        "provided.al2023",
        null)]
    [Arguments("orders.csproj", "<Project><HintPath>OUTSIDE/lib</HintPath></Project>", "provided.al2023", null)]
    [Arguments("pom.xml", "<project><systemPath>OUTSIDE/lib</systemPath></project>", "java17", null)]
    [Arguments("pom.xml", "<project><url>file://OUTSIDE/lib</url></project>", "java17", null)]
    [Arguments("build.gradle", "dependencies { implementation files('OUTSIDE/lib') }", "java17", null)]
    [Arguments("Makefile", "include OUTSIDE/lib\nbuild-Orders:\n\ttrue\n", "provided.al2023", "makefile")]
    public async Task A_manifest_that_names_an_absolute_path_outside_of_the_project_is_refused_with_its_line(
        string manifest,
        string text,
        string runtime,
        string? method)
    {
        var outside = Directory.CreateTempSubdirectory("esb-outside-").FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "lib"), "");
        using var project = new CodeFolder { IsProject = true };
        project.With(manifest, text.Replace("OUTSIDE", outside, StringComparison.Ordinal));
        var built = new LambdaRuntime(runtime) { BuildMethod = method, Target = "Orders" };
        await Assert.That(CodeBuild.PartsOf(
            project.Tree(),
            built,
            new HashCache(Path.Combine(project.Root, "cache"), TimeProvider.System),
            project.Origin,
            CancellationToken.None)).IsNull();
        await Assert.That(project.Messages).Contains($"{manifest}:")
            .And.Contains($"{outside}/lib', which is outside of the project");
        Directory.Delete(outside, recursive: true);
    }

    [Test]
    [Arguments("pom.xml", "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"></project>", "java17")]
    [Arguments(
        "build.gradle",
        "// /root is a comment\nrepositories { maven { url 'https://repo.example.com/usr' } }",
        "java17")]
    [Arguments(
        "orders.csproj", "<Project><Exec Command=\"/usr/bin/env true > /dev/null\" /></Project>", "provided.al2023")]
    [Arguments(
        "requirements.txt",
        "--index-url https://example.com/simple\nboto3 @ https://example.com/a.whl\nx==1 # /root\n",
        "python3.11")]
    public async Task Text_that_is_not_a_path_of_the_project_adds_nothing(string manifest, string text, string runtime)
    {
        using var project = new CodeFolder { IsProject = true };
        project.With(manifest, text);
        await Assert.That(CodeBuild.PartsOf(
            project.Tree(),
            new LambdaRuntime(runtime),
            new HashCache(Path.Combine(project.Root, "cache"), TimeProvider.System),
            project.Origin,
            CancellationToken.None)).IsNotNull();
        await Assert.That(project.Messages).IsEqualTo("");
    }

    [Test]
    [Arguments("Makefile", "build-Orders:\n\tcd .. && touch $(ARTIFACTS_DIR)/x\n\tcp ../../code/x y\n", "makefile")]
    [Arguments(
        "package.json",
        """{"scripts":{"test":"cd .. && jest --config ../jest.json"},"dependencies":{"x":"1"}}""",
        null)]
    [Arguments("requirements.txt", "x\n", null)]
    [Arguments("orders.csproj", "<Project><Exec Command=\"cd ..\" /></Project>", null)]
    public async Task A_step_up_without_a_name_adds_nothing(string manifest, string text, string? method)
    {
        using var project = new CodeFolder { IsProject = true };
        project.With(manifest, text).With("../jest.json", "{}").With("../big/file", "")
            .With("pyproject.toml", "testpaths = '..'\n");
        var runtime = new LambdaRuntime(manifest switch
        {
            "package.json" => "nodejs20.x",
            "requirements.txt" => "python3.11",
            _ => "provided.al2023",
        })
        { BuildMethod = method, Target = "Orders" };
        var parts = CodeBuild.PartsOf(
            project.Tree(),
            runtime,
            new HashCache(Path.Combine(project.Root, "cache"), TimeProvider.System),
            project.Origin,
            CancellationToken.None);
        await Assert.That(project.Messages).IsEqualTo("");
        await Assert.That(parts!.Any).IsFalse();
    }

    [Test]
    public async Task A_missing_package_that_package_json_names_is_reported()
    {
        using var project = new CodeFolder { IsProject = true }.With("index.js", "")
            .With("package.json", """{"dependencies":{"lib":"file:../lib"}}""");
        await Assert.That(await project.StageAsync("nodejs20.x")).IsNull();
        await Assert.That(project.Messages)
            .Contains("template.yaml:9:7: error: Orders: package.json:1 names '../lib', which does not exist");
    }
}
