namespace Esb.Sam.Generating;

/// <summary>What was built for a function.</summary>
/// <param name="Code">The staged folder; null for an image.</param>
/// <param name="Image">The image reference; null for code.</param>
/// <param name="Revision">See <see cref="Generating.Revision"/>.</param>
/// <param name="Layers">Staged folders, lowest first.</param>
public sealed record FunctionArtifact(string? Code, string? Image, string Revision, IReadOnlyList<string> Layers);
