namespace Esb.Cli.Staging.Runtimes;

/// <summary>What a runtime needs of the code beside it.</summary>
internal enum RuntimeFamily
{
    Python,
    Node,
    Provided,
    Other,
}

/// <summary>A runtime by its name in the template, e.g. <c>python3.12</c>.</summary>
internal sealed record LambdaRuntime(string Name)
{
    /// <summary>What process mode serves, for messages.</summary>
    public const string Served = "process mode serves python3.x, nodejs18.x and later, "
        + "and provided.al2 or provided.al2023; other runtimes need a container mode";

    /// <summary><c>Metadata: BuildMethod</c>; null when the code itself says how it is built.</summary>
    public string? BuildMethod { get; init; }

    /// <summary>The logical id, which a makefile names its target by.</summary>
    public string? Target { get; init; }

    /// <summary>
    /// Below which folder a built layer keeps its content, where the runtime looks for it; null for functions.
    /// </summary>
    public string? Subfolder { get; init; }

    /// <summary>For whom a layer is built: by <c>make</c> it says itself where things go.</summary>
    public static LambdaRuntime OfLayer(string buildMethod, string logicalId) =>
        buildMethod == "makefile" ? new LambdaRuntime("") { BuildMethod = buildMethod, Target = logicalId }
        : new LambdaRuntime(buildMethod) is { Family: RuntimeFamily.Node } node ? node with { Subfolder = "nodejs" }
        : new LambdaRuntime(buildMethod) { Subfolder = "python" };

    public RuntimeFamily Family =>
        Name.StartsWith("python3.", StringComparison.Ordinal) ? RuntimeFamily.Python
        : Name.StartsWith("nodejs", StringComparison.Ordinal) ? RuntimeFamily.Node
        : Name.StartsWith("provided", StringComparison.Ordinal) ? RuntimeFamily.Provided
        : RuntimeFamily.Other;

    /// <summary>Built by the tools of this machine, run by a container mode.</summary>
    public bool IsJava => Name.StartsWith("java", StringComparison.Ordinal);

    /// <summary>What Lambda names the file of inline code; null where it takes none.</summary>
    public string? InlineFileName => Family switch
    {
        RuntimeFamily.Python => "index.py",
        RuntimeFamily.Node => "index.js",
        _ => null,
    };
}
