namespace Esb.Cli.Staging.Runtimes;

/// <summary>The families of runtimes, which differ in the form of their code.</summary>
internal enum RuntimeFamily
{
    Python,
    Node,
    Provided,
    Other,
}

/// <summary>A runtime by its name in the template, such as <c>python3.12</c>.</summary>
internal sealed record LambdaRuntime(string Name)
{
    /// <summary>The runtimes that process mode supports, for messages.</summary>
    public const string Served = "process mode serves python3.x, nodejs18.x and later, "
        + "and provided.al2 or provided.al2023; other runtimes need a container mode";

    /// <summary><c>Metadata: BuildMethod</c>; null when the files in the code decide how it is built.</summary>
    public string? BuildMethod { get; init; }

    /// <summary>The logical id, which is part of the name of a makefile's target.</summary>
    public string? Target { get; init; }

    /// <summary>
    /// The subfolder for the content of a built layer, where the runtime searches for it; null for functions, and for
    /// layers that a makefile builds.
    /// </summary>
    public string? Subfolder { get; init; }

    /// <summary>The runtime that a layer is built for. A makefile itself decides where its files go.</summary>
    public static LambdaRuntime OfLayer(string buildMethod, string logicalId) =>
        buildMethod == "makefile" ? new LambdaRuntime("") { BuildMethod = buildMethod, Target = logicalId }
        : new LambdaRuntime(buildMethod) is { Family: RuntimeFamily.Node } node ? node with { Subfolder = "nodejs" }
        : new LambdaRuntime(buildMethod) { Subfolder = "python" };

    public RuntimeFamily Family =>
        Name.StartsWith("python3.", StringComparison.Ordinal) ? RuntimeFamily.Python
        : Name.StartsWith("nodejs", StringComparison.Ordinal) ? RuntimeFamily.Node
        : Name.StartsWith("provided", StringComparison.Ordinal) ? RuntimeFamily.Provided
        : RuntimeFamily.Other;

    /// <summary>
    /// Whether it is a Java runtime. Its functions are built by tools of this machine, and run in a container mode.
    /// </summary>
    public bool IsJava => Name.StartsWith("java", StringComparison.Ordinal);

    /// <summary>
    /// The file name that Lambda uses for inline code; null when the runtime does not support inline code.
    /// </summary>
    public string? InlineFileName => Family switch
    {
        RuntimeFamily.Python => "index.py",
        RuntimeFamily.Node => "index.js",
        _ => null,
    };
}
