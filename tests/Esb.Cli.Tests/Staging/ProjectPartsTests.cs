using System.Diagnostics;
using Esb.Cli.Staging;
using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;

namespace Esb.Cli.Tests.Staging;

/// <summary>
/// Builds with any tool that use files of the project outside of their code folder. The results refer to nothing
/// outside of the staged folder.
/// </summary>
internal sealed class ProjectPartsTests
{
    [Test]
    [Arguments("../shared")]
    [Arguments("-e ../shared")]
    [Arguments("--editable=../shared")]
    [Arguments("-r ../base.txt")]
    [Arguments("-r more/requirements.txt")]
    [Arguments("-e ./money")]
    [Arguments("./money")]
    [Arguments("ROOT/shared")]
    [Arguments("money @ file://ROOT/shared")]
    public async Task A_package_of_the_project_is_installed_and_an_edit_of_it_is_detected(string requirement)
    {
        using var project = new CodeFolder { IsProject = true };
        var own = requirement.Contains("./money", StringComparison.Ordinal);
        var package = own ? "money" : "../shared";
        project.With("app.py", "").WithPackage(package, "money", "euro = 1\n")
            .With("../base.txt", "--no-index\n-e ../shared\n").With("more/requirements.txt", "-r ../../base.txt\n")
            .With(
                "requirements.txt",
                $"--no-index\n{requirement.Replace("ROOT", project.Root, StringComparison.Ordinal)}\n");
        var before = Files(project.Root);
        var first = await project.StageAsync("python3.11");
        await Assert.That(project.Messages).IsEqualTo("");
        await Assert.That(await PythonAsync(first!.Folder, "import money; print(money.euro, money.__file__)"))
            .IsEqualTo($"1 {first.Folder}/money/__init__.py");
        await Assert.That(Files(project.Root).Where(f => !f.StartsWith("staged", StringComparison.Ordinal)
            && !f.StartsWith("cache", StringComparison.Ordinal)
            && !f.EndsWith(".pyc", StringComparison.Ordinal))).IsEquivalentTo(before);
        await MentionsNoStagingAsync(first.Folder);
        await Assert.That((await project.StageAsync("python3.11"))!.Reused).IsTrue();
        project.With($"{package}/money/__init__.py", "euro = 2\n");
        var second = await project.StageAsync("python3.11");
        await Assert.That(await PythonAsync(second!.Folder, "import money; print(money.euro)")).IsEqualTo("2");
    }

    [Test]
    public async Task A_variable_in_a_requirements_file_counts_with_its_value()
    {
        using var project = new CodeFolder { IsProject = true };
        project.With("app.py", "").With("requirements.txt", "money==${ESB_TEST_VERSION}\n");
        Environment.SetEnvironmentVariable("ESB_TEST_VERSION", "1");
        string Hash() => CodeBuild.HashOf("code", CodeBuild.PartsOf(
            project.Tree(),
            new LambdaRuntime("python3.11"),
            new HashCache(Path.Combine(project.Root, "cache"), TimeProvider.System),
            project.Origin,
            CancellationToken.None)!);
        var first = Hash();
        await Assert.That(Hash()).IsEqualTo(first);
        Environment.SetEnvironmentVariable("ESB_TEST_VERSION", "2");
        await Assert.That(Hash()).IsNotEqualTo(first);
    }

    [Test]
    public async Task Of_two_files_with_one_name_that_of_the_code_is_kept()
    {
        using var project = new CodeFolder { IsProject = true };
        project.With("app.py", "").WithPackage("../shared", "money", "theirs").With("money/__init__.py", "ours")
            .With("requirements.txt", "--no-index\n../shared\n");
        var staged = await project.StageAsync("python3.11");
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(staged!.Folder, "money/__init__.py")))
            .IsEqualTo("ours");
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task Npm_installs_local_packages_with_their_dependencies(bool locked)
    {
        using var project = new CodeFolder { IsProject = true };
        project.With("index.js", "")
            .With("package.json", """{"name":"orders","version":"1.0.0","dependencies":{"lib":"file:../lib"}}""")
            .With("../lib/package.json", """{"name":"lib","version":"1.0.0","dependencies":{"deep":"file:../deep"}}""")
            .With("../lib/index.js", "exports.text = require('deep').text + '!'")
            .With("../deep/package.json", """{"name":"deep","version":"1.0.0"}""").With(
                "../deep/index.js", "exports.text = 'hello'");
        if (locked)
            await OutputAsync("npm", project.Code, "install", "--package-lock-only", "--no-audit", "--no-fund");
        var before = Files(project.Root);
        var staged = await project.StageAsync("nodejs20.x");
        await Assert.That(project.Messages).IsEqualTo("");
        var moved = Path.Combine(project.Root, "elsewhere");
        await OutputAsync("cp", project.Root, "-r", staged!.Folder, moved);
        await Assert.That(await OutputAsync("node", moved, "-p", "require('lib').text")).IsEqualTo("hello!");
        await MentionsNoStagingAsync(staged.Folder);
        await Assert.That(Files(project.Root).Where(f => !f.StartsWith("staged", StringComparison.Ordinal)
            && !f.StartsWith("elsewhere", StringComparison.Ordinal)
            && !f.StartsWith("cache", StringComparison.Ordinal))).IsEquivalentTo(before);
        project.With("../deep/index.js", "exports.text = 'goodbye'");
        await Assert.That(
            await OutputAsync("node", (await project.StageAsync("nodejs20.x"))!.Folder, "-p", "require('lib').text"))
            .IsEqualTo("goodbye!");
    }

    [Test]
    public async Task A_makefile_finds_the_files_that_it_names_and_links_to_sources_become_files()
    {
        const string Makefile = "include ../rules.mk\nbuild-Orders:\n\tcp ../shared/bootstrap $(ARTIFACTS_DIR)\n\tln "
            + "-s $(CURDIR)/data $(ARTIFACTS_DIR)/data\n\tln -s $(ARTIFACTS_DIR)/bootstrap $(ARTIFACTS_DIR)/second\n"
            + "\techo $(TEXT) > $(ARTIFACTS_DIR)/text\n";
        using var project = new CodeFolder { IsProject = true };
        project.With("Makefile", Makefile).With("data/a", "a").With("../rules.mk", "TEXT = hello\n")
            .With("../shared/bootstrap", "#!/bin/sh\n", executable: true);
        var staged = await MakeAsync(project);
        await Assert.That(project.Messages).IsEqualTo("");
        await Assert.That(Files(staged!.Folder)).IsEquivalentTo(["bootstrap", "data/a", "second", "text"]);
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(staged.Folder, "text"))).IsEqualTo("hello\n");
        await MentionsNoStagingAsync(staged.Folder);
        await Assert.That((await MakeAsync(project))!.Reused).IsTrue();
        project.With("../rules.mk", "TEXT = goodbye\n");
        await Assert.That(await File.ReadAllTextAsync(Path.Combine((await MakeAsync(project))!.Folder, "text")))
            .IsEqualTo("goodbye\n");
    }

    [Test]
    public async Task A_result_with_a_link_to_a_file_of_the_machine_is_an_error()
    {
        using var project = new CodeFolder { IsProject = true }
            .With("Makefile", "build-Orders:\n\tln -s /etc/hostname $(ARTIFACTS_DIR)/name\n");
        await Assert.That(await MakeAsync(project)).IsNull();
        await Assert.That(project.Messages).Contains("leads out of").And.Contains("/etc/hostname");
    }

    [Test]
    public async Task Maven_finds_the_parent_of_a_module()
    {
        const string Parent = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>shop</groupId><artifactId>parent</artifactId><version>1</version><packaging>pom</packaging>
              <properties><maven.compiler.release>11</maven.compiler.release><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>
            </project>
            """;
        const string Module = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <parent><groupId>shop</groupId><artifactId>parent</artifactId><version>1</version></parent>
              <artifactId>orders</artifactId>
            </project>
            """;
        using var project = new CodeFolder { IsProject = true };
        project.WithMavenRepository().With("../pom.xml", Parent).With("pom.xml", Module)
            .With("src/main/java/shop/Orders.java", "package shop;\npublic class Orders { }\n");
        var staged = await project.StageAsync("java17");
        await Assert.That(project.Messages).IsEqualTo("");
        await Assert.That(Files(staged!.Folder)).IsEquivalentTo(["shop/Orders.class"]);
    }

    [Test]
    public async Task Gradle_builds_one_module_with_the_others_that_it_needs()
    {
        using var project = new CodeFolder { IsProject = true };
        project.With("../settings.gradle", "include ':code', ':libs:money'\n").With(
            "../build.gradle",
            "subprojects { apply plugin: 'java'; sourceCompatibility = 11; targetCompatibility = 11 }\n")
            .With("build.gradle", "dependencies { implementation project(':libs:money') }\n").With(
                "src/main/java/shop/Orders.java", "package shop;\npublic class Orders extends Money { }\n")
            .With("../libs/money/src/main/java/shop/Money.java", "package shop;\npublic class Money { }\n");
        var staged = await project.StageAsync("java11");
        await Assert.That(project.Messages).IsEqualTo("");
        await Assert.That(Files(staged!.Folder)).IsEquivalentTo(["shop/Orders.class", "lib/money.jar"]);
    }

    [Test]
    public async Task Dotnet_publishes_with_projects_and_properties_in_folders_beside_and_above()
    {
        using var project = new CodeFolder { IsProject = true };
        project.With(
            "../Directory.Build.props",
            "<Project><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>")
            .With("orders.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType>"
                + "<AssemblyName>bootstrap</AssemblyName></PropertyGroup><ItemGroup>"
                + "<ProjectReference Include=\"..\\money\\money.csproj\" /></ItemGroup></Project>")
            .With("Program.cs", "System.Console.WriteLine(Money.Euro);")
            .With("../money/money.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />")
            .With("../money/Money.cs", "public static class Money { public const string Euro = \"one\"; }");
        var staged = await project.StageAsync();
        await Assert.That(project.Messages).IsEqualTo("");
        await Assert.That(await OutputAsync(Path.Combine(staged!.Folder, "bootstrap"), staged.Folder)).IsEqualTo("one");
    }

    [Test]
    public async Task Go_builds_with_replaced_modules_and_the_workspace()
    {
        using var project = new CodeFolder { IsProject = true };
        project.With("go.mod", "module orders\nreplace money => ../money\n")
            .With("../money/go.mod", "module money\nreplace deep => ../deep\n")
            .With("../deep/go.mod", "module deep\n")
            .With("../go.work", "use (\n\t./code\n\t./other\n)\n").With("../other/go.mod", "module other\n").With(
                "../unused/go.mod", "module unused\n");
        var parts = CodeBuild.PartsOf(
            project.Tree(),
            new LambdaRuntime("provided.al2023"),
            new HashCache(Path.Combine(project.Root, "cache"), TimeProvider.System),
            project.Origin,
            CancellationToken.None);
        await Assert.That(parts!.Paths).IsEquivalentTo(["deep", "go.work", "money", "other"]);
    }

    // The published output does not refer to the folder that it was built in.
    private static async Task MentionsNoStagingAsync(string folder)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories))
        {
            await Assert.That(new FileInfo(path).LinkTarget).IsNull().Because(path);
            if (File.Exists(path))
                await Assert.That((await File.ReadAllTextAsync(path)).Contains(".staging-", StringComparison.Ordinal))
                    .IsFalse()
                    .Because(path);
        }
    }

    private static Task<StagedCode?> MakeAsync(CodeFolder folder) =>
        folder.Staging().StageAsync(
            "orders",
            new FolderSource(folder.Code),
            new LambdaRuntime("provided.al2023") { BuildMethod = "makefile", Target = "Orders" },
            folder.Origin,
            null,
            CancellationToken.None);

    private static Task<string> PythonAsync(string folder, string code) =>
        OutputAsync("python3", folder, "-B", "-c", code);

    private static async Task<string> OutputAsync(string program, string folder, params IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Trim();
    }

    private static List<string> Files(string folder) =>
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(folder, f))
                .Order(StringComparer.Ordinal),
        ];
}
