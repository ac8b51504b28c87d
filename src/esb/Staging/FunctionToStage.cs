using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;
using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Staging;

/// <summary>A layer as a template describes it.</summary>
/// <param name="Name">Its name, which is also the name of its folder.</param>
/// <param name="Subject">Its name in messages.</param>
/// <param name="Path">The path of its content.</param>
/// <param name="Place">The place of the property that names it.</param>
/// <param name="Builder">The runtime that its content is built for; null when it is used as it is.</param>
internal sealed record LayerToStage(string Name, string Subject, string Path, Place Place, LambdaRuntime? Builder)
{
    /// <summary>See <see cref="Origin.Project"/>.</summary>
    public ProjectFiles? Project { get; init; }
}

/// <summary>A function as a template describes it.</summary>
/// <param name="Name">Its name, which is also the name of its folder.</param>
/// <param name="Subject">Its name in messages.</param>
/// <param name="Runtime">The runtime of the function.</param>
/// <param name="Handler">Null when the template names none.</param>
/// <param name="Code">The source of the code.</param>
/// <param name="Layers">The names of its layers, the lowest first.</param>
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

/// <summary>The source of code, as a template describes it.</summary>
/// <param name="Path">A folder, archive or file; null for inline code.</param>
/// <param name="Inline">The inline code; null when the code is in files.</param>
/// <param name="Place">The place of the property that names it.</param>
internal sealed record CodeToStage(string? Path, string? Inline, Place Place);

/// <summary>A function whose code and layers are staged.</summary>
internal sealed record StagedFunction(string Name, StagedCode Code, IReadOnlyList<StagedCode> Layers);
