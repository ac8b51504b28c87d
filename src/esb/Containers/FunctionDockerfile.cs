using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Esb.Cli.Staging.Runtimes;

namespace Esb.Cli.Containers;

/// <summary>Generates the Dockerfile of a function that is given as code. The same input gives the same text.</summary>
internal static class FunctionDockerfile
{
    public const string CodeFolder = "code";
    public const string DependencyFolder = "dependencies";
    public const string RuntimeFolder = "runtime";

    private const string Task = "/var/task";

    // The package index is a setting of the building machine, not of the function.
    private static readonly string[] IndexArguments =
        ["PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_TRUSTED_HOST", "NPM_CONFIG_REGISTRY"];

    /// <summary>The build arguments that are passed on from the environment when they are set.</summary>
    public static IReadOnlyList<string> PassedArguments => IndexArguments;

    public static string LayerFolder(int index) => $"layer{index}";

    /// <param name="baseImage">The runtime's base image.</param>
    /// <param name="runtime">The runtime.</param>
    /// <param name="handler">The handler, which becomes CMD, as AWS's entry point expects.</param>
    /// <param name="layers">The number of layers, which are copied lowest first.</param>
    /// <param name="dependencies">The dependencies to install; null for none.</param>
    public static string Text(
        string baseImage, LambdaRuntime runtime, string? handler, int layers, Dependencies? dependencies)
    {
        var text = new StringBuilder();
        if (dependencies is not null)
            AppendInstallation(text, baseImage, dependencies);
        text.Append($"FROM {baseImage}\n");
        // What changes least comes first, for the build cache.
        for (var i = 0; i < layers; i++)
            text.Append($"COPY {LayerFolder(i)}/ /opt/\n");
        if (dependencies is not null)
            text.Append(dependencies.Result.Length == 0
                ? $"COPY --from=dependencies {Task}/ {Task}/\n"
                : $"COPY --from=dependencies {Task}/{dependencies.Result}/ {InstalledTo(dependencies)}/\n");
        if (dependencies is not { Image: not null })
            text.Append($"COPY {CodeFolder}/ {Task}/\n");
        if (runtime.Family == RuntimeFamily.Provided)
            text.Append($"COPY {RuntimeFolder}/ /var/runtime/\n");
        text.Append($"CMD [{Quoted(handler ?? "bootstrap")}]\n");
        return text.ToString();
    }

    private static void AppendInstallation(StringBuilder text, string baseImage, Dependencies dependencies)
    {
        text.Append($"FROM {dependencies.Image ?? baseImage} AS dependencies\n");
        foreach (var argument in IndexArguments)
            text.Append($"ARG {argument}\n");
        text.Append($"WORKDIR {Task}\n");
        text.Append($"COPY {(dependencies.Files.Count == 0 ? CodeFolder : DependencyFolder)}/ {Task}/\n");
        text.Append($"RUN {dependencies.Command}\n");
    }

    private static string InstalledTo(Dependencies dependencies) =>
        dependencies.Result == "node_modules" ? $"{Task}/node_modules" : Task;

    // The handler comes from a template. As a JSON string, it cannot become anything but an argument.
    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.Default)}\"";
}
