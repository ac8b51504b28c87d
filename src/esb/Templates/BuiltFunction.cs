using Esb.Sam.Generating;

namespace Esb.Cli.Templates;

/// <summary>A function that lies ready to run.</summary>
/// <param name="Name">Its name in <c>functions.yml</c>.</param>
/// <param name="Artifact">The staged folder or the image, and the revision.</param>
/// <param name="Reused">It was there already.</param>
/// <param name="Took">How long a person waited for it.</param>
internal sealed record BuiltFunction(string Name, FunctionArtifact Artifact, bool Reused, TimeSpan Took);
