using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;
using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Staging;

/// <summary>A layer as a template describes it.</summary>
/// <param name="Name">Its name, which becomes a folder.</param>
/// <param name="Subject">How messages call it.</param>
/// <param name="Path">Where its content is.</param>
/// <param name="Place">Of the property that says so.</param>
/// <param name="Builder">For what its content is built; null when it is taken as it is.</param>
internal sealed record LayerToStage(string Name, string Subject, string Path, Place Place, LambdaRuntime? Builder)
{
    /// <summary>See <see cref="Origin.Project"/>.</summary>
    public ProjectFiles? Project { get; init; }
}

/// <summary>A function as a template describes it.</summary>
/// <param name="Name">Its name, which becomes a folder.</param>
/// <param name="Subject">How messages call it.</param>
/// <param name="Runtime">What runs it.</param>
/// <param name="Handler">Null when the template names none.</param>
/// <param name="Code">Where the code is.</param>
/// <param name="Layers">Names of layers, lowest first.</param>
internal sealed record FunctionToStage(
    string Name,
    string Subject,
    LambdaRuntime Runtime,
    string? Handler,
    CodeToStage Code,
    IReadOnlyList<string> Layers)
{
    public required Place HandlerPlace { get; init; }

    public required Place RuntimePlace { get; init; }

    /// <summary>See <see cref="Origin.Project"/>.</summary>
    public ProjectFiles? Project { get; init; }
}

/// <summary>Where code is said to be.</summary>
/// <param name="Path">A folder, archive or file; null for inline code.</param>
/// <param name="Inline">The code itself; null when it lies in a file.</param>
/// <param name="Place">Of the property that says so.</param>
internal sealed record CodeToStage(string? Path, string? Inline, Place Place);

/// <summary>A function whose code and layers lie ready.</summary>
internal sealed record StagedFunction(string Name, StagedCode Code, IReadOnlyList<StagedCode> Layers);
