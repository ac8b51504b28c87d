using Esb.Cli.Staging.Contents;

namespace Esb.Cli.Containers;

/// <summary>An image that a function needs.</summary>
/// <param name="Function">The function's name, for progress.</param>
/// <param name="Reference">The name, which depends on the content.</param>
/// <param name="Source">The content.</param>
/// <param name="Origin">Receives errors.</param>
internal sealed record ImageToBuild(string Function, string Reference, ImageSource Source, Origin Origin);

/// <summary>The content of an image.</summary>
internal abstract record ImageSource;

/// <summary>A generated Dockerfile and the folders that it copies from.</summary>
/// <param name="Dockerfile">Its text.</param>
/// <param name="Context">The context that is sent to the engine.</param>
internal sealed record GeneratedSource(string Dockerfile, BuildContext Context) : ImageSource;

/// <summary>The function's own Dockerfile.</summary>
/// <param name="Folder">The context folder.</param>
/// <param name="Dockerfile">The path relative to the context folder.</param>
/// <param name="Target">The stage to build; null for the last.</param>
/// <param name="Arguments">The build arguments.</param>
internal sealed record DockerfileSource(
    string Folder, string Dockerfile, string? Target, IReadOnlyDictionary<string, string> Arguments) : ImageSource;

/// <summary>An existing image.</summary>
/// <param name="Reference">The reference of the image.</param>
internal sealed record ExistingSource(string Reference) : ImageSource;
