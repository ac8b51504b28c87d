using System.Text.Json;
using Esb.Cli.Staging.Contents;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging.Runtimes;

/// <summary>The tool that builds code or installs its dependencies.</summary>
internal enum Installer
{
    None,
    Pip,
    NpmLocked,
    Npm,

    /// <summary><c>dotnet publish</c> of the only project at the top of the code.</summary>
    Dotnet,

    /// <summary><c>go build</c> of the module at the top of the code.</summary>
    Go,

    /// <summary><c>make build-LOGICALID</c> with <c>ARTIFACTS_DIR</c>, as in <c>sam build</c>.</summary>
    Make,

    /// <summary><c>mvn package</c>, or the code's own <c>mvnw</c>.</summary>
    Maven,

    /// <summary><c>gradle</c>, or the code's own <c>gradlew</c>.</summary>
    Gradle,
}

/// <summary>Decides by the files in the code which tool has to run, if any.</summary>
internal static class DependencyManifest
{
    public const string Requirements = "requirements.txt";
    public const string Package = "package.json";

    private static readonly string[] Dependencies = ["dependencies", "optionalDependencies"];

    /// <returns>Null when the manifest cannot be read, which was reported to the origin.</returns>
    public static Installer? Of(CodeTree tree, LambdaRuntime runtime, Origin origin) => runtime.Family switch
    {
        _ when runtime.BuildMethod is "makefile" => Installer.Make,
        _ when runtime.IsJava => ForJava(tree),
        // A bootstrap beside the sources means that the code is already built.
        RuntimeFamily.Provided when tree.Has("bootstrap") => Installer.None,
        RuntimeFamily.Provided when Projects(tree) == 1 => Installer.Dotnet,
        RuntimeFamily.Provided when tree.Has("go.mod") => Installer.Go,
        RuntimeFamily.Python when tree.Has(Requirements) =>
            HasRequirements(Path.Combine(tree.Root, Requirements)) ? Installer.Pip : Installer.None,
        RuntimeFamily.Node when tree.Has(Package) && !tree.HasBelow("node_modules") => ForNode(tree, origin),
        _ => Installer.None,
    };

    /// <summary>Whether the tool writes its result to another folder, so that only the result is staged.</summary>
    public static bool Builds(Installer installer) =>
        installer is Installer.Dotnet or Installer.Go or Installer.Make or Installer.Maven or Installer.Gradle;

    private static int Projects(CodeTree tree) =>
        tree.Entries.Count(e => !e.Path.Contains('/', StringComparison.Ordinal)
            && (e.Path.EndsWith(".csproj", StringComparison.Ordinal)
                || e.Path.EndsWith(".fsproj", StringComparison.Ordinal)));

    // If there are build files of both, sam build uses Gradle.
    private static Installer ForJava(CodeTree tree) =>
        tree.Has("build.gradle") || tree.Has("build.gradle.kts") ? Installer.Gradle
        : tree.Has("pom.xml") ? Installer.Maven
        : Installer.None;

    private static bool HasRequirements(string path) =>
        OrdinaryFile.ReadText(path).Split('\n').Select(l => l.Trim()).Any(l => l.Length > 0 && !l.StartsWith('#'));

    private static Installer? ForNode(CodeTree tree, Origin origin)
    {
        try
        {
            using var package = JsonDocument.Parse(OrdinaryFile.ReadAll(Path.Combine(tree.Root, Package)));
            if (Wrong(package.RootElement) is { } wrong)
            {
                origin.Error(
                    DiagnosticCodes.WrongKind, $"{Package}: {wrong}", $"repair '{Path.Combine(tree.Root, Package)}'");
                return null;
            }

            if (!Names(package.RootElement, "dependencies") && !Names(package.RootElement, "optionalDependencies"))
                return Installer.None;
            return tree.Has("package-lock.json") || tree.Has("npm-shrinkwrap.json")
                ? Installer.NpmLocked
                : Installer.Npm;
        }
        catch (JsonException e)
        {
            origin.Error(
                DiagnosticCodes.WrongValue,
                $"{Package} is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}",
                $"repair '{Path.Combine(tree.Root, Package)}'");
            return null;
        }
    }

    // npm would silently install nothing.
    private static string? Wrong(JsonElement package)
    {
        if (package.ValueKind != JsonValueKind.Object)
            return $"it must be an object, but is {package.ValueKind}";
        foreach (var key in Dependencies)
        {
            if (package.TryGetProperty(key, out var dependencies)
                && dependencies.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
                return $"'{key}' must be an object of names and versions, but is {dependencies.ValueKind}";
            foreach (var (name, version) in dependencies.ValueKind == JsonValueKind.Object
                ? dependencies.EnumerateObject().Select(d => (d.Name, d.Value.ValueKind))
                : [])
            {
                if (version != JsonValueKind.String)
                    return $"the version of '{name}' in '{key}' must be text, but is {version}";
            }
        }

        return null;
    }

    private static bool Names(JsonElement package, string key) =>
        package.TryGetProperty(key, out var dependencies)
        && dependencies.ValueKind == JsonValueKind.Object
        && dependencies.EnumerateObject().Any();
}
