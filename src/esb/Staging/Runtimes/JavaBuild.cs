using Esb.Cli.Staging.Contents;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging.Runtimes;

/// <summary>
/// Builds a Java function with Maven or Gradle, with the same result as <c>sam build</c>: classes and resources at the
/// top, and the jars that they need at run time below <c>lib/</c>. Tests are not run.
/// </summary>
internal static class JavaBuild
{
    private const string MavenDependencies = ".esb-lib";
    private const string GradleScript = ".esb-init.gradle";

    // Uses the task API of Gradle 4 and later. FAIL, since otherwise the second of two jars with the same name would
    // silently replace the first.
    private const string GradleInit = """
        allprojects { module ->
            if (module.projectDir == gradle.startParameter.currentDir) {
                module.plugins.withId('java') {
                    module.tasks.create('esbArtifacts', Copy) {
                        into module.property('esbArtifactsFolder')
                        from module.sourceSets.main.output
                        into('lib') {
                            from module.configurations.runtimeClasspath
                            duplicatesStrategy = DuplicatesStrategy.FAIL
                        }
                    }
                }
            }
        }
        """;

    // Messages of Maven and Gradle when a repository cannot be reached.
    private static readonly string[] NetworkFailures =
    [
        "Could not transfer", "Could not GET", "Could not HEAD", "Unknown host", "UnknownHostException",
        "Connection refused", "Connection timed out", "Network is unreachable", "Temporary failure in name resolution",
    ];

    // Maven's local repository does not support concurrent builds.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    /// <param name="installer">Maven or Gradle.</param>
    /// <param name="runtime">The runtime to build for.</param>
    /// <param name="folders">The folders of the code and of the result.</param>
    /// <param name="origin">Receives the errors.</param>
    /// <param name="onLine">Receives each line that the tool prints.</param>
    /// <param name="cancellationToken">Stops the tool.</param>
    public static async Task<bool> RunAsync(
        Installer installer,
        LambdaRuntime runtime,
        BuildFolders folders,
        Origin origin,
        Action<string>? onLine,
        CancellationToken cancellationToken)
    {
        var tool = installer == Installer.Maven ? Maven(folders) : Gradle(folders);
        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            if (!await BuildAsync(tool, folders.Source, origin, onLine, cancellationToken))
                return false;
        }
        finally
        {
            OneAtATime.Release();
        }

        return (installer != Installer.Maven || CollectMaven(tool, folders, origin))
            && ClassVersions.Pass(folders.Artifacts, runtime, origin);
    }

    // Without a network, the build is tried again with the local cache only.
    private static async Task<bool> BuildAsync(
        BuildTool tool,
        string folder,
        Origin origin,
        Action<string>? onLine,
        CancellationToken cancellationToken)
    {
        var noNetwork = false;
        var end = await tool.RunAsync(folder, Take, cancellationToken);
        if (end.ExitCode is not (null or 0) && noNetwork)
        {
            onLine?.Invoke("no network, trying offline");
            if ((await (tool with { Arguments = ["--offline", .. tool.Arguments] })
                .RunAsync(folder, onLine, cancellationToken)).ExitCode == 0)
                return true;
        }

        return DependencyInstall.Succeeded(tool, end, origin);

        void Take(string line)
        {
            noNetwork |= NetworkFailures.Any(f => line.Contains(f, StringComparison.OrdinalIgnoreCase));
            onLine?.Invoke(line);
        }
    }

    private static BuildTool Maven(BuildFolders folders) => Wrapped(folders, "mvnw", "mvn", "package",
    [
        "--batch-mode", "-Dstyle.color=never", "-Dmaven.test.skip=true", "package",
        // Two groups may have jars with the same name.
        "dependency:copy-dependencies", "-DincludeScope=runtime", "-Dmdep.prependGroupId=true",
        $"-DoutputDirectory={Path.Combine(folders.Source, MavenDependencies)}",
    ]);

    private static BuildTool Gradle(BuildFolders folders)
    {
        var script = Path.Combine(folders.Source, GradleScript);
        File.WriteAllText(script, GradleInit);
        return Wrapped(folders, "gradlew", "gradle", "build",
            [
                "--no-daemon", "--console=plain", "--init-script", script, $"-PesbArtifactsFolder={folders.Artifacts}",
                "esbArtifacts",
            ]);
    }

    // The wrapper of a module is often at the top of its project.
    private static BuildTool Wrapped(
        BuildFolders folders,
        string wrapper,
        string program,
        string verb,
        IReadOnlyList<string> arguments)
    {
        for (var folder = folders.Source; folder.Length > folders.Root.Length; folder = Path.GetDirectoryName(folder)!)
        {
            var own = Path.Combine(folder, wrapper);
            if (File.Exists(own) && (File.GetUnixFileMode(own) & UnixFileMode.UserExecute) != 0)
                return new BuildTool(
                    $"{Path.GetRelativePath(folders.Source, folder)}/{wrapper} {verb}", own, arguments);
        }

        return new BuildTool($"{program} {verb}", program, arguments);
    }

    private static bool CollectMaven(BuildTool tool, BuildFolders folders, Origin origin)
    {
        var classes = Path.Combine(folders.Source, "target", "classes");
        if (!Directory.Exists(classes))
        {
            origin.Error(
                DiagnosticCodes.WrongValue,
                $"'{tool.Name}' made no target/classes",
                "name the folder of the module that has the handler with CodeUri, not that of its parent");
            return false;
        }

        Directory.Delete(folders.Artifacts);
        Directory.Move(classes, folders.Artifacts);
        var dependencies = Path.Combine(folders.Source, MavenDependencies);
        if (!Directory.Exists(dependencies))
            return true; // There are no dependencies.
        var lib = Directory.CreateDirectory(Path.Combine(folders.Artifacts, "lib")).FullName;
        foreach (var jar in Directory.EnumerateFiles(dependencies))
            File.Move(jar, Path.Combine(lib, Path.GetFileName(jar)), overwrite: true);
        return true;
    }
}
