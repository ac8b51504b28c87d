using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Esb.Cli.Staging.Runtimes;

namespace Esb.Cli.Containers;

/// <summary>The Dockerfile of a function that comes as code. Same input, same text.</summary>
internal static class FunctionDockerfile
{
    public const string CodeFolder = "code";
    public const string DependencyFolder = "dependencies";
    public const string RuntimeFolder = "runtime";

    private const string Task = "/var/task";

    // Where packages come from is the business of the machine that builds, not of the function.
    private static readonly string[] IndexArguments = ["PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_TRUSTED_HOST", "NPM_CONFIG_REGISTRY"];

    /// <summary>Build arguments that are taken over from the environment when they are set there.</summary>
    public static IReadOnlyList<string> PassedArguments => IndexArguments;

    public static string LayerFolder(int index) => $"layer{index}";

    /// <param name="baseImage">The runtime's base.</param>
    /// <param name="runtime">The runtime.</param>
    /// <param name="handler">Becomes CMD, which AWS's entry point takes as the handler.</param>
    /// <param name="layers">How many layers there are, lowest first.</param>
    /// <param name="dependencies">What is installed; null for nothing.</param>
    public static string Text(string baseImage, LambdaRuntime runtime, string? handler, int layers, Dependencies? dependencies)
    {
        var text = new StringBuilder();
        if (dependencies is not null)
            AppendInstallation(text, baseImage, dependencies);
        text.Append($"FROM {baseImage}\n");
        // What changes least comes first.
        for (var i = 0; i < layers; i++)
            text.Append($"COPY {LayerFolder(i)}/ /opt/\n");
        if (dependencies is not null)
            text.Append(dependencies.Result.Length == 0 ? $"COPY --from=dependencies {Task}/ {Task}/\n" : $"COPY --from=dependencies {Task}/{dependencies.Result}/ {InstalledTo(dependencies)}/\n");
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

    // A handler comes from a template: as a JSON string it can be nothing but an argument.
    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.Default)}\"";
}
