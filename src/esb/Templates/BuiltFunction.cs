using Esb.Sam.Generating;

namespace Esb.Cli.Templates;

/// <summary>A function that is ready to run.</summary>
/// <param name="Name">Its name in <c>functions.yml</c>.</param>
/// <param name="Artifact">The staged folder or the image, and the revision.</param>
/// <param name="Reused">Whether it was built before.</param>
/// <param name="Took">The time of its build.</param>
internal sealed record BuiltFunction(string Name, FunctionArtifact Artifact, bool Reused, TimeSpan Took);
