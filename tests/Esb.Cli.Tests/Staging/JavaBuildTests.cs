using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;

namespace Esb.Cli.Tests.Staging;

/// <summary>
/// Java with the machine's Maven and Gradle, whose only repository is the packages of the distribution.
/// </summary>
internal sealed class JavaBuildTests
{
    private const string Repository = MavenRepository.Folder;
    private const string Source = "src/main/java/shop/Orders.java";

    private const string Orders = """
        package shop;
        public class Orders {
            public String get(java.util.Map<String, Object> event) { return org.apache.commons.io.FilenameUtils.getName("a/b"); }
        }
        """;

    private const string Pom = """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>shop</groupId><artifactId>orders</artifactId><version>1</version>
          <properties><maven.compiler.release>11</maven.compiler.release><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>
          <dependencies><dependency><groupId>commons-io</groupId><artifactId>commons-io</artifactId><version>debian</version></dependency></dependencies>
        </project>
        """;

    private static readonly string Gradle = $$"""
        apply plugin: 'java'
        sourceCompatibility = 11
        targetCompatibility = 11
        repositories { maven { url '{{Repository}}' } }
        dependencies { implementation 'commons-io:commons-io:debian' }
        """;

    [Test]
    public async Task Maven_puts_classes_and_resources_at_the_top_and_jars_below_lib_and_is_not_run_a_second_time()
    {
        using var folder = Maven().With("src/main/resources/greeting.txt", "hello");
        var before = Files(folder.Code);
        var staged = await folder.StageAsync("java17");
        await Assert.That(folder.Messages).IsEqualTo("");
        await Assert.That(Files(staged!.Folder))
            .IsEquivalentTo(["shop/Orders.class", "greeting.txt", "lib/commons-io.commons-io-debian.jar"]);
        await Assert.That(Files(folder.Code)).IsEquivalentTo(before);
        await Assert.That((await folder.StageAsync("java17"))!.Reused).IsTrue();
        await Assert.That(Directory.GetDirectories(Path.Combine(folder.Staged, "orders")).Length).IsEqualTo(1);
    }

    [Test]
    public async Task Without_its_repository_Maven_builds_from_its_cache_and_an_unknown_dependency_is_an_error()
    {
        using var folder = Maven();
        await Assert.That(await folder.StageAsync("java17")).IsNotNull();
        Directory.Delete(Path.Combine(folder.Root, "repository")); // It is a link.
        folder.With(Source, Orders.Replace("a/b", "c/d", StringComparison.Ordinal));
        var staged = await folder.StageAsync("java17");
        await Assert.That(folder.Messages).IsEqualTo("");
        await Assert.That(staged!.Reused).IsFalse();
        folder.With("pom.xml", Pom.Replace("commons-io", "no-such-thing", StringComparison.Ordinal));
        await Assert.That(await folder.StageAsync("java17")).IsNull();
        await Assert.That(folder.Messages).Contains("'mvn package' ended with exit code 1")
            .And.Contains("no-such-thing");
    }

    [Test]
    public async Task Gradle_makes_the_same_folder()
    {
        using var folder = new CodeFolder().With("build.gradle", Gradle).With(Source, Orders)
            .With("src/main/resources/greeting.txt", "hello");
        var before = Files(folder.Code);
        var staged = await folder.StageAsync("java11");
        await Assert.That(folder.Messages).IsEqualTo("");
        await Assert.That(Files(staged!.Folder))
            .IsEquivalentTo(["shop/Orders.class", "greeting.txt", "lib/commons-io-debian.jar"]);
        await Assert.That(Files(folder.Code)).IsEquivalentTo(before);
        await Assert.That((await folder.StageAsync("java11"))!.Reused).IsTrue();
    }

    [Test]
    public async Task Without_a_network_Gradle_is_run_again_offline()
    {
        using var folder = new CodeFolder();
        folder.With(Source, Orders).With(
            "gradlew",
            $"#!/bin/sh\necho \"$@\" >> {folder.Root}/calls\nexec gradle --gradle-user-home {folder.Root}/gradle "
                + "\"$@\"\n",
            executable: true);
        using (var server = new FileServer(Repository))
        {
            // A changing module that is fetched in each build, as snapshots are once a day.
            folder.With("build.gradle", $$"""
                apply plugin: 'java'
                repositories { maven { url '{{server.Address}}' } }
                configurations.all { resolutionStrategy.cacheChangingModulesFor 0, 'seconds' }
                dependencies { implementation('commons-io:commons-io:debian') { changing = true } }
                """);
            await folder.StageAsync("java17");
        }

        await Assert.That(folder.Messages).IsEqualTo("");
        folder.With(Source, Orders.Replace("a/b", "c/d", StringComparison.Ordinal));
        await Assert.That(await folder.StageAsync("java17")).IsNotNull().Because(folder.Messages);
        await Assert.That((await File.ReadAllLinesAsync(Path.Combine(folder.Root, "calls")))
            .Select(l => l.StartsWith("--offline", StringComparison.Ordinal))).IsEquivalentTo([false, false, true]);
    }

    [Test]
    public async Task Code_that_does_not_compile_is_an_error_with_its_place_and_nothing_is_left()
    {
        using var folder = Maven().With(Source, "package shop;\nclass Orders { int a = \"text\"; }");
        await Assert.That(await folder.StageAsync("java17")).IsNull();
        await Assert.That(folder.Messages)
            .Contains("template.yaml:9:7: error: Orders: 'mvn package' ended with exit code 1")
            .And.Contains("Orders.java:[2,24]");
        await Assert.That(Directory.GetDirectories(Path.Combine(folder.Staged, "orders")).Length).IsEqualTo(0);
    }

    [Test]
    public async Task Classes_that_the_runtime_cannot_load_are_an_error_that_names_both_versions()
    {
        using var folder = Maven();
        await Assert.That(await folder.StageAsync("java8.al2")).IsNull();
        await Assert.That(folder.Messages).Contains("its classes are for Java 11, which java8.al2 cannot load")
            .And.Contains("maven.compiler.release");
    }

    [Test]
    public async Task For_a_parent_project_the_error_asks_for_the_folder_of_a_module()
    {
        using var folder = Maven().With("pom.xml", Pom.Replace(
            "<version>1</version>", "<version>1</version><packaging>pom</packaging>", StringComparison.Ordinal));
        await Assert.That(await folder.StageAsync("java17")).IsNull();
        await Assert.That(folder.Messages).Contains("'mvn package' made no target/classes")
            .And.Contains("not that of its parent");
    }

    [Test]
    [Arguments("mvnw", "pom.xml")]
    [Arguments("gradlew", "build.gradle.kts")]
    public async Task An_executable_wrapper_is_used_for_the_build(string wrapper, string file)
    {
        using var folder = new CodeFolder().With(file, "")
            .With(wrapper, "#!/bin/sh\necho this is the wrapper; exit 7\n", executable: true);
        await Assert.That(await folder.StageAsync("java21")).IsNull();
        await Assert.That(folder.Messages).Contains($"'./{wrapper} ").And.Contains("ended with exit code 7")
            .And.Contains("this is the wrapper");
    }

    [Test]
    public async Task A_wrapper_with_carriage_returns_is_an_error_that_says_so()
    {
        using var folder = new CodeFolder().With("pom.xml", "").With("mvnw", "#!/bin/sh\r\n", executable: true);
        await Assert.That(await folder.StageAsync("java21")).IsNull();
        await Assert.That(folder.Messages).Contains("'./mvnw package' cannot be started")
            .And.Contains("carriage return");
    }

    [Test]
    public async Task A_cancelled_build_ends_its_tool_and_leaves_nothing()
    {
        using var folder = new CodeFolder();
        folder.With("pom.xml", "").With("mvnw", "#!/bin/sh\necho $$\nexec sleep 600\n", executable: true);
        using var cancelled = new CancellationTokenSource();
        var process = "";
        var staging = folder.Staging().StageAsync("orders", new FolderSource(
            folder.Code), new LambdaRuntime("java21"), folder.Origin, Cancel, cancelled.Token);
        await Assert.That(async () => await staging).Throws<OperationCanceledException>();
        await Assert.That(Directory.Exists($"/proc/{process}")).IsFalse();
        await Assert.That(Directory.GetDirectories(Path.Combine(folder.Staged, "orders")).Length).IsEqualTo(0);

        void Cancel(string line)
        {
            process = line;
            cancelled.Cancel();
        }
    }

    [Test]
    public async Task A_missing_tool_is_an_error_that_says_what_to_install()
    {
        using var folder = new CodeFolder();
        var tool = new BuildTool("mvn package", Path.Combine(folder.Root, "mvn"), []);
        var end = await tool.RunAsync(folder.Code, null, CancellationToken.None);
        await Assert.That(DependencyInstall.Succeeded(tool with { Program = "mvn" }, end, folder.Origin)).IsFalse();
        await Assert.That(folder.Messages)
            .Contains("template.yaml:9:7: error: Orders: 'mvn' is not on PATH, and the code needs it: mvn package")
            .And.Contains("install a JDK and maven");
    }

    [Test]
    [Arguments("pom.xml", Installer.Maven)]
    [Arguments("build.gradle", Installer.Gradle)]
    [Arguments("build.gradle.kts", Installer.Gradle)]
    [Arguments("shop/Orders.class", Installer.None)]
    [Arguments("lib/orders.jar", Installer.None)]
    [Arguments("META-INF/maven/shop/pom.xml", Installer.None)]
    public async Task The_build_tool_for_Java_is_found_by_files_at_the_top(string file, Installer expected)
    {
        using var folder = new CodeFolder().With(file, "");
        await Assert.That(DependencyManifest.Of(folder.Tree()!, new LambdaRuntime("java21"), folder.Origin))
            .IsEqualTo(expected);
    }

    [Test]
    [Arguments("pom.xml", "target/classes/A.class", false)]
    [Arguments("build.gradle", "build/classes/A.class", false)]
    [Arguments("build.gradle.kts", ".gradle/cache", false)]
    [Arguments("package.json", "build/index.js", true)]
    [Arguments("Makefile", "target/bootstrap", true)]
    public async Task Earlier_output_of_Maven_and_Gradle_is_not_code(string file, string path, bool staged)
    {
        using var folder = new CodeFolder().With(file, "").With(path, "");
        await Assert.That(folder.Tree()!.Has(path)).IsEqualTo(staged);
    }

    [Test]
    public async Task Files_that_a_Makefile_may_use_are_code_even_next_to_a_pom()
    {
        using var folder = new CodeFolder().With("pom.xml", "").With("Makefile", "").With("target/bootstrap", "");
        await Assert.That(folder.Tree()!.Has("target/bootstrap")).IsTrue();
    }

    // A separate local repository, and a link instead of the repository on the network.
    private static CodeFolder Maven() =>
        new CodeFolder().WithMavenRepository().With("pom.xml", Pom).With(Source, Orders);

    private static List<string> Files(string folder) =>
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(folder, f)),
        ];
}
