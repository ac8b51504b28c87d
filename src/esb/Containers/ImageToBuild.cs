using Esb.Cli.Staging.Contents;

namespace Esb.Cli.Containers;

/// <summary>An image that is to be there.</summary>
/// <param name="Function">The function's name, for progress.</param>
/// <param name="Reference">Named by what it is made of: the same content has the same name.</param>
/// <param name="Source">What it is made of.</param>
/// <param name="Origin">Is told what goes wrong.</param>
internal sealed record ImageToBuild(string Function, string Reference, ImageSource Source, Origin Origin);

/// <summary>What an image is made of.</summary>
internal abstract record ImageSource;

/// <summary>A generated Dockerfile and the folders that it copies from.</summary>
/// <param name="Dockerfile">Its text.</param>
/// <param name="Context">What the engine is sent.</param>
internal sealed record GeneratedSource(string Dockerfile, BuildContext Context) : ImageSource;

/// <summary>A Dockerfile of the function's own.</summary>
/// <param name="Folder">The context.</param>
/// <param name="Dockerfile">Relative to it.</param>
/// <param name="Target">A stage; null for the last.</param>
/// <param name="Arguments">Build arguments.</param>
internal sealed record DockerfileSource(string Folder, string Dockerfile, string? Target, IReadOnlyDictionary<string, string> Arguments) : ImageSource;

/// <summary>An image that somebody else made.</summary>
/// <param name="Reference">Where it is.</param>
internal sealed record ExistingSource(string Reference) : ImageSource;
