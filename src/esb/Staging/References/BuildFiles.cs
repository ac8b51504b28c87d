using Esb.Cli.Staging.Runtimes;

namespace Esb.Cli.Staging.References;

/// <summary>The files that name what a build needs besides the code folder.</summary>
/// <param name="Manifests">The names of manifests in a folder that is built; a leading <c>*</c> stands for any
/// characters.</param>
/// <param name="Above">The names that the tool itself looks for in parent folders.</param>
internal sealed record BuildFiles(IReadOnlyList<string> Manifests, IReadOnlyList<string> Above)
{
    private static readonly BuildFiles Nothing = new([], []);

    /// <summary>npm's lock files, which may contain paths on this machine.</summary>
    public static readonly IReadOnlyList<string> NpmLocks = ["package-lock.json", "npm-shrinkwrap.json"];

    /// <summary>The files that mark the root of a Gradle build.</summary>
    public static readonly IReadOnlyList<string> GradleSettings = ["settings.gradle", "settings.gradle.kts"];

    public static BuildFiles Of(Installer installer) => installer switch
    {
        Installer.Pip => new BuildFiles(["pyproject.toml", "setup.py", "setup.cfg"], []),
        Installer.Npm or Installer.NpmLocked => new BuildFiles([DependencyManifest.Package, .. NpmLocks], []),
        Installer.Dotnet => new BuildFiles(
            ["*.csproj", "*.fsproj", "*.props", "*.targets", "NuGet.config", "NuGet.Config", "nuget.config"],
            [
                "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json",
                "NuGet.config", "NuGet.Config", "nuget.config",
            ]),
        Installer.Go => new BuildFiles(["go.mod", "go.work"], ["go.work", "go.work.sum"]),
        Installer.Make => new BuildFiles(["Makefile", "*.mk"], []),
        Installer.Maven => new BuildFiles(["pom.xml"], [".mvn", "mvnw"]),
        Installer.Gradle => new BuildFiles(
            ["build.gradle", "build.gradle.kts", .. GradleSettings],
            [
                .. GradleSettings, "build.gradle", "build.gradle.kts", "gradle.properties", "gradle", "gradlew",
                "buildSrc",
            ]),
        _ => Nothing,
    };

    /// <summary>The manifests that exist in a folder.</summary>
    public IEnumerable<string> In(string folder) =>
        Manifests.SelectMany(name => name.StartsWith('*')
            ? Directory.EnumerateFiles(folder, name).Order(StringComparer.Ordinal)
            : (IEnumerable<string>)[Path.Combine(folder, name)]).Where(File.Exists);
}
